#include "services/dashboard/storage/aid_read_model.h"

namespace bangkit::dashboard {
namespace {

void ReadPrograms(postgres::Transaction& transaction, const postgres::TextArray& codes,
                  FiguresByRegion& regions, ChangesByRegion& months) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, instrument, state, change FROM program_counts"
        " WHERE region_code = ANY($1::text[])",
        {codes});
    std::map<std::string, ProgramCounts> now;
    for (int i = 0; i < rows.size(); ++i) {
        const std::string code = rows.Text(i, 0);
        const std::pair kind(Instrument(rows.Int64(i, 2)), ProgramState(rows.Int64(i, 3)));
        months[code][MonthOf(rows.Date(i, 1))].aid.programs[kind] += rows.Int64(i, 4);
        now[code][kind] += rows.Int64(i, 4);
    }
    for (const auto& [code, counts] : now) regions[code].aid.programs = WithoutZeros(counts);
}

void ReadAllocations(postgres::Transaction& transaction, const postgres::TextArray& codes,
                     FiguresByRegion& regions, ChangesByRegion& months) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, change_rupiah FROM allocation_sums"
        " WHERE region_code = ANY($1::text[])",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string code = rows.Text(i, 0);
        regions[code].aid.money.allocated += rows.Int64(i, 2);
        months[code][MonthOf(rows.Date(i, 1))].aid.money.allocated += rows.Int64(i, 2);
    }
}

void ReadApplications(postgres::Transaction& transaction, const postgres::TextArray& codes,
                      FiguresByRegion& regions, ChangesByRegion& months) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, state, change, change_rupiah FROM application_counts"
        " WHERE region_code = ANY($1::text[])",
        {codes});
    std::map<std::string, AidMonth> now;
    for (int i = 0; i < rows.size(); ++i) {
        const std::string code = rows.Text(i, 0);
        const ApplicationCount change{.state = ApplicationState(rows.Int64(i, 2)),
                                      .applications = rows.Int64(i, 3),
                                      .rupiah = rows.Int64(i, 4)};
        months[code][MonthOf(rows.Date(i, 1))].aid.Add(change);
        now[code].Add(change);
    }
    for (const auto& [code, all] : now) {
        AidFigures& aid = regions[code].aid;
        aid.applications = WithoutZeros(all.applications);
        aid.money += all.money;
    }
}

// Of each month, and (month NULL) of all months together.
void ReadRejections(postgres::Transaction& transaction, const postgres::TextArray& codes,
                    FiguresByRegion& regions, ChangesByRegion& months) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, reason, sum(applications)::bigint FROM rejection_counts"
        " WHERE region_code = ANY($1::text[])"
        " GROUP BY GROUPING SETS ((region_code, reason), (region_code, month, reason))"
        " ORDER BY region_code, reason",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string code = rows.Text(i, 0);
        const RejectionCount count{.reason = RejectionReason(rows.Int64(i, 2)),
                                   .applications = rows.Int64(i, 3)};
        auto& of = rows.IsNull(i, 1) ? regions[code].aid.rejections
                                     : months[code][MonthOf(rows.Date(i, 1))].aid.rejections;
        of.push_back(count);
    }
}

// Of each month, and (month NULL) of all months together. The median is the smallest number of
// hours that half of the applications did not exceed.
void ReadSteps(postgres::Transaction& transaction, const postgres::TextArray& codes,
               FiguresByRegion& regions, ChangesByRegion& months) {
    const postgres::Rows rows = transaction.Run(
        "SELECT region_code, month, step, max(total)::bigint,"
        "       min(hours) FILTER (WHERE 2 * up_to >= total),"
        "       min(hours) FILTER (WHERE 10 * up_to >= 9 * total)"
        "  FROM (SELECT region_code, month, step, hours,"
        "               sum(applications) OVER (PARTITION BY region_code, month, step"
        "                                           ORDER BY hours) AS up_to,"
        "               sum(applications) OVER (PARTITION BY region_code, month, step) AS total"
        "          FROM (SELECT region_code, month, step, hours,"
        "                       sum(applications) AS applications"
        "                  FROM application_steps WHERE region_code = ANY($1::text[])"
        "                 GROUP BY GROUPING SETS ((region_code, step, hours),"
        "                                         (region_code, month, step, hours))) AS steps"
        "       ) AS ranked"
        " GROUP BY region_code, month, step",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string code = rows.Text(i, 0);
        const auto step = Step(rows.Int64(i, 2));
        const WaitingTime time{.applications = rows.Int64(i, 3),
                               .median_hours = rows.Int64(i, 4),
                               .p90_hours = rows.Int64(i, 5)};
        if (rows.IsNull(i, 1)) {
            if (step == Step::kApproved) regions[code].aid.approval = time;
            if (step == Step::kPaid) regions[code].aid.payment = time;
            continue;
        }
        AidMonth& month = months[code][MonthOf(rows.Date(i, 1))].aid;
        if (step == Step::kSubmitted) month.submitted = time.applications;
        if (step == Step::kApproved) month.approval = time;
        if (step == Step::kPaid) month.payment = time;
    }
}

}  // namespace

void ReadAid(postgres::Transaction& transaction, const postgres::TextArray& region_codes,
             FiguresByRegion& regions, ChangesByRegion& months) {
    ReadPrograms(transaction, region_codes, regions, months);
    ReadAllocations(transaction, region_codes, regions, months);
    ReadApplications(transaction, region_codes, regions, months);
    ReadRejections(transaction, region_codes, regions, months);
    ReadSteps(transaction, region_codes, regions, months);
}

}  // namespace bangkit::dashboard
