#include "services/cli/demo/file.h"

#include <ostream>
#include <string>
#include <vector>

#include "libs/csv/writer.h"
#include "services/cli/demo/bad_rows.h"
#include "services/cli/demo/generator.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

// Bad rows begin as good ones that nobody else gets.
constexpr std::uint64_t kFirstBadIndex = 1'000'000'000;

class DemoFile {
public:
    DemoFile(std::ostream& out, const DemoOptions& options, const indonesia::RegionTree& regions)
        : out_(out),
          bad_(options.bad),
          condition_(options.condition),
          good_(options.businesses + options.cooperatives + options.vendors +
                options.delivery_shops),
          generator_(regions, options.region_code, options.seed) {}

    void Write(DemoKind kind, std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) {
            Row row = generator_.Make(kind, static_cast<std::uint64_t>(i));
            const bool is_set = kind == DemoKind::kUmkm || kind == DemoKind::kCooperative;
            if (is_set && !condition_.empty()) row[Column::kCondition] = condition_;
            out_ << csv::Line(row.cells);
            if (!row[Column::kNik].empty()) earlier_ = row;
            ++written_;
            WriteBadUpTo(bad_ * written_ / good_);
        }
    }

    void WriteHeader() {
        out_ << csv::Line(std::vector<std::string>(kColumnNames.begin(), kColumnNames.end()));
    }
    /// Without any good rows, they are all that there is.
    void WriteRest() { WriteBadUpTo(bad_); }

private:
    void WriteBadUpTo(std::int64_t count) {
        for (; bad_written_ < count; ++bad_written_) {
            const auto index = static_cast<std::uint64_t>(bad_written_);
            const Row row = generator_.Make(DemoKind::kUmkm, kFirstBadIndex + index);
            out_ << MakeBad(row, earlier_, index);
        }
    }

    std::ostream& out_;
    const std::int64_t bad_;
    const std::string condition_;
    const std::int64_t good_;
    Generator generator_;
    Row earlier_;
    std::int64_t written_ = 0;
    std::int64_t bad_written_ = 0;
};

}  // namespace

void WriteDemoFile(std::ostream& out, const DemoOptions& options,
                   const indonesia::RegionTree& regions) {
    if (options.businesses + options.cooperatives + options.vendors + options.delivery_shops +
            options.bad ==
        0) {
        throw UsageError(
            "say how many: --businesses, --cooperatives, --vendors, --delivery-shops or --bad");
    }
    DemoFile file(out, options, regions);
    file.WriteHeader();
    file.Write(DemoKind::kUmkm, options.businesses);
    file.Write(DemoKind::kCooperative, options.cooperatives);
    file.Write(DemoKind::kVendor, options.vendors);
    file.Write(DemoKind::kDeliveryShop, options.delivery_shops);
    file.WriteRest();
}

}  // namespace bangkit::cli
