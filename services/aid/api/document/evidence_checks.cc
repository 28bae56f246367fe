#include "services/aid/api/document/evidence_checks.h"

#include <algorithm>
#include <set>
#include <string>

#include "libs/indonesia/format.h"
#include "libs/indonesia/kk.h"
#include "libs/indonesia/regions.h"
#include "services/aid/domain/program/program.h"
#include "services/aid/storage/application/statements.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;
using rpc::Presence;

constexpr std::size_t kNoteMax = 1'000;
constexpr int kAnswersMax = 20;
constexpr int kCollectibilityMax = 5;

/// No number (NaN) is outside as well.
void CheckWithin(FieldChecker& fields, std::string_view field, double value, double min,
                 double max) {
    if (value >= min && value <= max) return;
    fields.Refuse(field, "OUT_OF_RANGE", "is out of range");
}

/// From Sabang to Merauke, from Miangas to Rote.
void CheckPlace(FieldChecker& fields, const v1::SurveyPlace& place) {
    CheckWithin(fields, "findings.place.latitude_degrees", place.latitude_degrees(), -11.1, 6.1);
    CheckWithin(fields, "findings.place.longitude_degrees", place.longitude_degrees(), 94.9, 141.1);
    CheckWithin(fields, "findings.place.accuracy_meters", place.accuracy_meters(), 0, 10'000);
}

void CheckAnswers(FieldChecker& fields, const v1::SurveyFindings& findings) {
    if (findings.answers_size() > kAnswersMax) {
        fields.Refuse("findings.answers", "OUT_OF_RANGE", "must be at most 20");
    }
    std::set<int> items;
    for (int i = 0; i < std::min(findings.answers_size(), kAnswersMax); ++i) {
        const std::string at = "findings.answers[" + std::to_string(i) + "].item";
        fields.Enum(at, findings.answers(i).item());
        if (!items.insert(findings.answers(i).item()).second) {
            fields.Refuse(at, "DUPLICATE", "was named before");
        }
    }
}

}  // namespace

void CheckOfChecklist(FieldChecker& fields, std::string_view field, v1::DocumentKind kind) {
    fields.Enum(field, kind);
    if (!IsOfChecklist(As<DocumentKind>(kind))) {
        fields.Refuse(field, "UNKNOWN_VALUE", "is no document of a checklist");
    }
}

StatedFacts CheckStated(FieldChecker& fields, const v1::StatedFacts& facts, Time now) {
    const Date today = indonesia::LocalDate(now);
    v1::StatedFacts checked = facts;
    if (!facts.family_card().empty()) {
        const auto card =
            fields.Take("facts.family_card", indonesia::ParseKk(facts.family_card(), today));
        checked.set_family_card(card ? card->digits : "");
    }
    fields.Enum("facts.occupation", facts.occupation(), Presence::kOptional);
    fields.Amount("facts.annual_sales_rupiah", facts.annual_sales_rupiah());
    fields.Day("facts.business_started_on", facts.business_started_on(), today,
               Presence::kOptional);
    fields.Day("facts.born_on", facts.born_on(), today, Presence::kOptional);
    if (facts.has_collectibility()) {
        fields.Number("facts.collectibility", facts.collectibility(), 1, kCollectibilityMax);
    }
    const std::string& identity_region = facts.identity_region_code();
    if (!identity_region.empty() && !indonesia::LevelOf(identity_region)) {
        fields.Refuse("facts.identity_region_code", "REGION_UNKNOWN",
                      "must be the code of a region");
    }
    return ToStatedFacts(checked);
}

v1::SurveyFindings CheckFindings(FieldChecker& fields, const v1::SurveyFindings& findings) {
    v1::SurveyFindings checked = findings;
    if (findings.has_place()) CheckPlace(fields, findings.place());
    CheckAnswers(fields, findings);
    checked.set_note(fields.Text("findings.note", findings.note(), kNoteMax, Presence::kOptional));
    return checked;
}

}  // namespace bangkit::aid
