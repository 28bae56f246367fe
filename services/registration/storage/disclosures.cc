#include "services/registration/storage/disclosures.h"

#include "services/registration/storage/bits.h"

namespace bangkit::registration {

void Disclosures::Add(const std::string& owner_id, const std::string& business_id,
                      const identity::Caller& caller, Time at) {
    std::string roles;
    for (const std::string& role : caller.roles) roles += (roles.empty() ? "" : ",") + role;
    times_.Add(at);
    actors_.Add(caller.subject);
    roles_.Add(roles);
    owner_ids_.Add(owner_id);
    business_ids_.Add(business_id);
}

void Disclosures::Add(const RevealOwner& command, const std::string& owner_id,
                      const identity::Caller& caller, Time at) {
    Add(owner_id, command.business_id, caller, at);
    purposes_.Add(command.purpose);
    references_.Add(command.case_reference);
    fields_.Add(ToBits(command.fields));
}

void Disclosures::Add(const DiscloseBusinesses& command, const std::string& business_id,
                      const std::string& owner_id, const identity::Caller& caller, Time at) {
    Add(owner_id, business_id, caller, at);
    purposes_.Add(command.purpose);
    references_.Add(command.case_reference);
    fields_.Add(ToBits(FieldsFor(command.purpose)));
}

void Disclosures::Add(const SubjectRequest& exported, const identity::Caller& caller, Time at) {
    Add(exported.owner_id, exported.business_id, caller, at);
    purposes_.Add(Purpose::kSubjectRequest);
    references_.Add(exported.case_reference);
    fields_.Add(ToBits(FieldsFor(Purpose::kSubjectRequest)));
}

void Disclosures::Save(postgres::Transaction& transaction) const {
    if (times_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO disclosures (at, actor, roles, owner_id, business_id, purpose,"
        "                         case_reference, fields)"
        " SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::uuid[], $5::uuid[],"
        "                      $6::smallint[], $7::text[], $8::smallint[])",
        {times_, actors_, roles_, owner_ids_, business_ids_, purposes_, references_, fields_});
}

void Erasures::Add(const Business& business, const std::string& erased_by, Time at) {
    business_ids_.Add(business.id);
    owner_ids_.Add(business.owner_id);
    versions_.Add(business.version);
    recorded_at_.Add(at);
    erased_by_.Add(erased_by);
}

void Erasures::Save(postgres::Transaction& transaction) const {
    if (business_ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO erasures (business_id, owner_id, version, recorded_at, erased_by)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[],"
        "                      $5::text[])",
        {business_ids_, owner_ids_, versions_, recorded_at_, erased_by_});
}

}  // namespace bangkit::registration
