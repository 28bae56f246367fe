#include "services/registration/storage/personal_data_queries.h"

#include "libs/indonesia/format.h"
#include "libs/postgres/explain.h"
#include "services/registration/storage/held_data.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/subject_requests.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

const std::string kListSql =
    "SELECT " + std::string(kSubjectRequestColumns) +
    ", now() FROM subject_requests r"
    " WHERE (owner_id::text = $2::text"
    "        OR EXISTS (SELECT FROM unnest($1::text[]) u (region)"
    "                    WHERE region_code >= region COLLATE \"C\""
    "                      AND region_code < (region || '/') COLLATE \"C\"))"  // '/' follows '.'.
    "   AND ($3::bigint = 0 OR kind = $3) AND ($4::bigint = 0 OR state = $4)"
    "   AND ($5::bigint < 0 OR (state = 1 AND due_at <= now() + $5 * interval '1 hour'))"
    "   AND (due_at, subject_request_id) > (($6::timestamptz[])[1], $7::text::uuid)"
    " ORDER BY due_at, subject_request_id LIMIT $8::bigint";

template <typename Enum>
std::string NumberOf(const std::optional<Enum>& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

/// What is known of some owners only.
void RevealDetail(v1::RevealedOwner& out, OwnerField field, const Owner& owner) {
    switch (field) {
        case OwnerField::kKk: return out.set_kk(owner.kk);
        case OwnerField::kBirthDate:
            if (owner.birth_date) out.set_birth_date(indonesia::FormatDate(*owner.birth_date));
            return;
        case OwnerField::kSex: return out.set_sex(static_cast<v1::Sex>(owner.sex));
        case OwnerField::kEmail: return out.set_email(owner.email);
        case OwnerField::kDisability:
            return out.set_disability(static_cast<v1::Disability>(owner.disability));
        case OwnerField::kOccupation:
            return out.set_occupation(static_cast<v1::Occupation>(owner.occupation));
        default: return;
    }
}

}  // namespace

SubjectRequestPage PersonalDataQueries::List(const Viewer& viewer,
                                             const SubjectRequestFilter& filter,
                                             const SubjectRequestPosition& after,
                                             std::int64_t limit) const {
    postgres::TextArray regions;
    for (const std::string& region : viewer.regions) regions.Add(region);
    postgres::TimeArray due_at;
    due_at.Add(after.due_at);
    const std::string kind = NumberOf(filter.kind), state = NumberOf(filter.state),
                      hours = Int64(filter.due_within_hours.value_or(-1)), most = Int64(limit);
    const postgres::Rows rows = pool_.Read([&](postgres::Connection& connection) {
        return connection.Run(
            kListSql, {regions, viewer.owner_id, kind, state, hours, due_at, after.id, most});
    });
    SubjectRequestPage page{.requests = {}, .now = {}};
    for (int i = 0; i < rows.size(); ++i) {
        page.requests.push_back(ToSubjectRequest(rows, i));
        page.now = rows.Time(i, 12);
    }
    return page;
}

auto PersonalDataQueries::Explained(const auto& read) const -> decltype(read()) {
    try {
        return read();
    } catch (const std::exception& failure) {
        if (std::optional<Error> error = postgres::Explain(failure)) return std::unexpected(*error);
        logger_.Error("personal_data_not_read", {{"detail", failure.what()}});
        return Refused(ErrorCode::kInternal, "INTERNAL", "the data could not be read");
    }
}

Result<v1::RevealedOwner> PersonalDataQueries::Reveal(const Viewer& viewer,
                                                      const RevealOwner& command) const {
    return Explained([&] -> Result<v1::RevealedOwner> {
        const std::optional<StoredBusiness> found = queries_.Find(viewer, command.business_id);
        if (!found || found->business.owner_is_erased) {
            return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                           "the data of this person has been erased");
        }
        v1::RevealedOwner revealed;
        revealed.set_owner_id(found->business.owner_id);
        for (const OwnerField field : command.fields) {
            switch (field) {
                case OwnerField::kNik: revealed.set_nik(found->owner.nik); break;
                case OwnerField::kName: revealed.set_name(found->owner.name); break;
                case OwnerField::kPhone: revealed.set_phone(found->owner.phone); break;
                case OwnerField::kIdentityCardAddress:
                    revealed.set_identity_card_address(found->owner.identity_card_address);
                    break;
                case OwnerField::kNpwp: revealed.set_npwp(found->business.profile.npwp); break;
                default: RevealDetail(revealed, field, found->owner);
            }
        }
        return revealed;
    });
}

Result<std::vector<StoredBusiness>> PersonalDataQueries::Fetch(
    const Viewer& viewer, const std::vector<std::string>& business_ids) const {
    return Explained([&] -> Result<std::vector<StoredBusiness>> {
        return queries_.Fetch(viewer, business_ids);
    });
}

Result<v1::PersonalDataExport> PersonalDataQueries::Export(const std::string& subject_request_id,
                                                           const std::string& owner_id) const {
    return Explained([&] -> Result<v1::PersonalDataExport> {
        postgres::Connection connection(dsn_);
        connection.RunScript("SET bangkit.regions = '*'; SET statement_timeout = '10min'");
        postgres::Transaction transaction(connection);
        Result<v1::PersonalDataExport> held = ReadHeldData(transaction, keys_, owner_id);
        if (!held) return held;
        held->set_subject_request_id(subject_request_id);
        Fill(*held->mutable_made_at(), transaction.Run("SELECT now()").Time(0, 0));
        transaction.Commit();
        return held;
    });
}

}  // namespace bangkit::registration
