#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/rotation/key_versions.h"

namespace bangkit::rotation {

/// What a program is started for; without a name, to serve.
struct Verb {
    std::string name;
    crypto::KeyPurpose purpose = crypto::KeyPurpose::kMaster;
    int version = 0;
    bool operator==(const Verb&) const = default;
};

/// "rekey", "key-needs master 1", "retire-key hash 2", and any of `others`, which stand alone.
/// nullopt: it is none.
std::optional<Verb> ParseVerb(const std::vector<std::string>& words,
                              std::initializer_list<std::string_view> others = {});

/// Says on standard output what needs a key, and for "retire-key" `retire`s it if nothing does.
/// The exit code: 0; 10 if what needs it is moved by a rekeying, 11 if it is not.
int RetireKey(const Verb& verb, const std::vector<KeyNeed>& needs,
              const std::function<bool()>& retire);

}  // namespace bangkit::rotation
