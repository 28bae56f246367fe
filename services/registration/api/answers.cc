#include "services/registration/api/answers.h"

#include "libs/indonesia/format.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/phone.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

std::string MaskNpwp(std::string_view digits) {
    std::string masked(digits);
    for (std::size_t i = 4; i + 4 < masked.size(); ++i) masked[i] = '*';
    return masked;
}

}  // namespace

std::string MaskName(std::string_view name) {
    std::string masked;
    bool is_first = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == ' ') {
            masked += ' ';
            is_first = true;
        } else if (is_first) {
            masked += name[i];
            while (i + 1 < name.size() && IsContinuation(name[i + 1])) masked += name[++i];
            is_first = false;
        } else if (!IsContinuation(name[i])) {
            masked += '*';
        }
    }
    return masked;
}

void Fill(v1::Business& out, const StoredBusiness& stored) {
    const Business& business = stored.business;
    FillWithoutPersonalData(out, business);
    out.set_name(business.profile.name);
    out.set_address(business.profile.address);
    out.set_nib(business.profile.nib);
    out.set_npwp(MaskNpwp(business.profile.npwp));
    if (business.profile.start_date) {
        out.set_start_date(indonesia::FormatDate(*business.profile.start_date));
    }
    v1::OwnerSummary& owner = *out.mutable_owner();
    owner.set_owner_id(business.owner_id);
    owner.set_masked_name(MaskName(stored.owner.name));
    if (!stored.owner.nik.empty()) owner.set_masked_nik(indonesia::MaskNik(stored.owner.nik));
    if (!stored.owner.phone.empty()) {
        owner.set_masked_phone(indonesia::MaskPhone(stored.owner.phone));
    }
}

}  // namespace bangkit::registration
