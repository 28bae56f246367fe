#pragma once

#include <chrono>
#include <cstddef>

#include "libs/base/wake.h"
#include "libs/service/service.h"
#include "services/registration/api/duplicate_handler.h"
#include "services/registration/api/import_handler.h"
#include "services/registration/api/intake_handler.h"
#include "services/registration/api/need_handler.h"
#include "services/registration/api/personal_data_handler.h"
#include "services/registration/api/registration_handler.h"
#include "services/registration/settings.h"

namespace bangkit::registration {

/// What writes: a loop for each kind of commands. Destroyed, they answer what was submitted.
class Loops {
    // Pieces of files have up to 256 KiB each: few of them are much.
    static constexpr std::size_t kPiecesInBatch = 16;
    static constexpr std::size_t kPiecesWaiting = 64;

    const service::Foundation& base_;
    const OwnSettings& own_;
    const crypto::KeyRing& keys_;
    Wake& event_wake_;
    Wake& import_wake_;

    command::LoopContext Context(Wake& wake) const {
        return {.clock = base_.clock,
                .logger = base_.logger,
                .metrics = base_.metrics,
                .failpoints = base_.failpoints,
                .on_commit = [&wake] { wake.Ring(); }};
    }

public:
    /// All must outlive it. The wakes are rung when there are events, and when a file has come.
    Loops(const service::Foundation& base, const OwnSettings& own, const crypto::KeyRing& keys,
          Wake& event_wake, Wake& import_wake)
        : base_(base), own_(own), keys_(keys), event_wake_(event_wake), import_wake_(import_wake) {}

    RegistrationLoop registrations{{.dsn = base_.settings.dsn,
                                    .name = "registrations",
                                    .batch_max = static_cast<std::size_t>(own_.batch_max)},
                                   Context(event_wake_),
                                   [this] { return RegistrationUnitOfWork(keys_); }};
    ImportLoop imports{{.dsn = base_.settings.dsn,
                        .name = "imports",
                        .batch_max = kPiecesInBatch,
                        .bulk_queue_max = kPiecesWaiting},
                       Context(import_wake_),
                       [this] { return ImportUnitOfWork(keys_, own_.import_max_mib << 20); }};
    PersonalDataLoop personal_data{{.dsn = base_.settings.dsn, .name = "personal_data"},
                                   Context(event_wake_),
                                   [this] { return PersonalDataUnitOfWork(keys_); }};
    DuplicateLoop duplicates{
        {.dsn = base_.settings.dsn, .name = "duplicates"}, Context(event_wake_), [this] {
            return DuplicateUnitOfWork(keys_, std::chrono::days(own_.merge_undo_days));
        }};
    IntakeLoop intake{{.dsn = base_.settings.dsn, .name = "intake"}, Context(event_wake_), [this] {
                          return IntakeUnitOfWork(keys_);
                      }};
    NeedLoop needs{{.dsn = base_.settings.dsn, .name = "needs"}, Context(event_wake_), [this] {
                       return NeedUnitOfWork(keys_);
                   }};
};

}  // namespace bangkit::registration
