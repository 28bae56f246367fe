// The checks of requests that change what is registered already.
#include <algorithm>
#include <utility>

#include "libs/indonesia/digits.h"
#include "services/registration/api/checks.h"
#include "services/registration/api/input_fields.h"

namespace bangkit::registration {
namespace {

constexpr std::size_t kNoteMax = 500;
constexpr std::size_t kPersonalDigits = 10;  // Telephone numbers, and all that is longer.

void CheckRegistryData(InputFields& fields, Detail detail, const v1::BusinessInput& business,
                       Profile& profile) {
    switch (detail) {
        case Detail::kOrderAndDeliver:
            profile.order_and_deliver = business.order_and_deliver();
            break;
        case Detail::kLocationType:
            profile.location_type = fields.BusinessLocation(business);
            break;
        case Detail::kWorkersMale: profile.workers.male = fields.WorkersMale(business); break;
        case Detail::kWorkersFemale: profile.workers.female = fields.WorkersFemale(business); break;
        case Detail::kNetworkCoverage: profile.network_coverage = fields.Coverage(business); break;
        case Detail::kOnlineChannels:
            profile.online_channels = fields.OnlineChannels(business);
            break;
        case Detail::kNibIssuedOn: profile.nib_issued_on = fields.NibIssuedOn(business); break;
        case Detail::kPirt: profile.pirt = fields.Pirt(business); break;
        case Detail::kHalal: profile.halal = fields.Halal(business); break;
        case Detail::kBpom: profile.bpom = fields.Bpom(business); break;
        case Detail::kBusinessCertificate:
            profile.business_certificate = fields.BusinessCertificate(business);
            break;
        case Detail::kCooperative: profile.cooperative = fields.CooperativeDetails(business); break;
        case Detail::kStreetVendor:
            profile.street_vendor = fields.StreetVendorDetails(business);
            break;
        case Detail::kConsent: profile.consent = fields.ConsentGiven(business); break;
        default: std::unreachable();
    }
}

void CheckDetail(InputFields& fields, Detail detail, const v1::UpdateBusinessRequest& request,
                 UpdateBusiness& command) {
    const v1::OwnerInput& owner = request.owner();
    const v1::BusinessInput& business = request.business();
    Profile& profile = command.profile;
    switch (detail) {
        case Detail::kOwnerNik:
            fields.Require("owner.nik", !owner.nik().empty());
            command.owner.nik = fields.OwnerNik(owner);
            break;
        case Detail::kOwnerName: command.owner.name = fields.OwnerName(owner); break;
        case Detail::kOwnerPhone: command.owner.phone = fields.OwnerPhone(owner); break;
        case Detail::kOwnerAddress:
            command.owner.identity_card_address = fields.OwnerAddress(owner);
            break;
        case Detail::kOwnerKk: command.owner.kk = fields.OwnerKk(owner); break;
        case Detail::kOwnerBirthDate:
            command.owner.birth_date = fields.OwnerBirthDate(owner);
            break;
        case Detail::kOwnerSex: command.owner.sex = fields.OwnerSex(owner); break;
        case Detail::kOwnerEmail: command.owner.email = fields.OwnerEmail(owner); break;
        case Detail::kOwnerDisability:
            command.owner.disability = fields.OwnerDisability(owner);
            break;
        case Detail::kOwnerOccupation:
            command.owner.occupation = fields.OwnerOccupation(owner);
            break;
        case Detail::kKind: profile.kind = fields.BusinessKind(business); break;
        case Detail::kName: profile.name = fields.BusinessName(business); break;
        case Detail::kRegion: profile.region_code = fields.RegionCode(business); break;
        case Detail::kAddress: profile.address = fields.BusinessAddress(business); break;
        case Detail::kKbli: profile.kbli = fields.Kbli(business); break;
        case Detail::kCapital: command.figures.capital = fields.Capital(business); break;
        case Detail::kAnnualSales:
            command.figures.annual_sales = fields.AnnualSales(business);
            break;
        case Detail::kChannels: profile.channels = fields.Channels(business); break;
        case Detail::kNib: profile.nib = fields.Nib(business); break;
        case Detail::kNpwp: profile.npwp = fields.Npwp(business); break;
        case Detail::kStartDate: profile.start_date = fields.StartDate(business); break;
        default: CheckRegistryData(fields, detail, business, profile);
    }
}

/// Fields that a request has and an update cannot change.
bool IsImmutable(std::string_view path) {
    return path == "business.condition" || path == "business.condition_since" ||
           path == "business.provenance" || path == "business.kbli_version";
}

void CheckMask(InputFields& fields, const v1::UpdateBusinessRequest& request,
               UpdateBusiness& command) {
    fields.Require("update_mask", request.update_mask().paths_size() > 0);
    for (int i = 0; i < request.update_mask().paths_size(); ++i) {
        const std::string& path = request.update_mask().paths(i);
        const std::string field = "update_mask.paths[" + std::to_string(i) + "]";
        if (const auto detail = DetailNamed(path)) {
            if (command.details.insert(*detail).second) {
                CheckDetail(fields, *detail, request, command);
            }
        } else if (IsImmutable(path)) {
            fields.Refuse(field, "FIELD_IMMUTABLE",
                          "cannot be changed here; ReportCondition states conditions");
        } else {
            fields.Refuse(field, "FIELD_UNKNOWN", "must name one field that can be changed");
        }
    }
}

/// A number as long as a telephone number's, however it is grouped, or a mail address.
bool LooksPersonal(std::string_view note) {
    std::size_t digits = 0;
    for (const char c : note) {
        if (c == '@') return true;
        if (indonesia::IsDigit(c)) {
            if (++digits == kPersonalDigits) return true;
        } else if (!std::string_view(" .-()").contains(c)) {
            digits = 0;
        }
    }
    return false;
}

}  // namespace

Result<Checked> Checks::Check(const v1::UpdateBusinessRequest& request) const {
    InputFields fields = NewFields();
    std::string request_id = fields.Uuid("request_id", request.request_id());
    UpdateBusiness command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    CheckMask(fields, request, command);
    command.expected_version = fields.Version(request.etag());
    command.warnings = fields.TakeWarnings();
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

Result<Checked> Checks::Check(const v1::VerifyBusinessRequest& request) const {
    InputFields fields = NewFields();
    std::string request_id = fields.Uuid("request_id", request.request_id());
    VerifyBusiness command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    command.level = FromPublic<Verification>(fields.Enum("level", request.level()));
    command.note = fields.Text("note", request.note(), kNoteMax, rpc::Presence::kOptional);
    if (LooksPersonal(command.note)) {
        fields.Refuse("note", "NOTE_PERSONAL",
                      "must not hold numbers of 10 digits and more, or mail addresses");
    }
    command.expected_version = fields.Version(request.etag());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

Result<Checked> Checks::Check(const v1::ChangeGroupMembersRequest& request) const {
    constexpr int kNamedMax = 200;
    InputFields fields = NewFields();
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ChangeGroupMembers command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    const int named = request.added_business_ids_size() + request.removed_business_ids_size();
    fields.Require("added_business_ids", named > 0);
    if (named > kNamedMax) {
        fields.Refuse("added_business_ids", "OUT_OF_RANGE",
                      "must be at most 200, with the removed");
    }
    std::set<std::string> seen;
    const auto read = [&](std::string_view name, const auto& ids) {
        std::set<std::string> read_ids;
        for (int i = 0; i < std::min(ids.size(), kNamedMax); ++i) {
            const std::string field = std::string(name) + "[" + std::to_string(i) + "]";
            std::string id = fields.Uuid(field, ids[i]);
            if (id.empty()) continue;
            if (!seen.insert(id).second) fields.Refuse(field, "DUPLICATE", "is named already");
            read_ids.insert(std::move(id));
        }
        return read_ids;
    };
    command.added = read("added_business_ids", request.added_business_ids());
    command.removed = read("removed_business_ids", request.removed_business_ids());
    command.expected_version = fields.Version(request.etag());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return Checked{std::move(request_id), std::move(command)};
}

}  // namespace bangkit::registration
