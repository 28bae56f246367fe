#include "services/registration/api/exports.h"

#include <map>
#include <utility>
#include <vector>

#include "libs/csv/writer.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/phone.h"
#include "services/registration/api/answers.h"
#include "services/registration/api/file_cells.h"
#include "services/registration/api/import_names.h"
#include "services/registration/api/paging.h"

namespace bangkit::registration {
namespace {

/// What of an owner the personal columns are.
const std::map<Column, OwnerField>& PersonalColumns() {
    static const std::map<Column, OwnerField> kFields{
        {Column::kNik, OwnerField::kNik},
        {Column::kOwnerName, OwnerField::kName},
        {Column::kPhone, OwnerField::kPhone},
        {Column::kNpwp, OwnerField::kNpwp},
        {Column::kIdentityCardAddress, OwnerField::kIdentityCardAddress},
        {Column::kKk, OwnerField::kKk},
        {Column::kBirthDate, OwnerField::kBirthDate},
        {Column::kSex, OwnerField::kSex},
        {Column::kEmail, OwnerField::kEmail},
        {Column::kDisability, OwnerField::kDisability},
        {Column::kOccupation, OwnerField::kOccupation}};
    return kFields;
}

bool HasMask(Column column) {
    return column == Column::kNik || column == Column::kOwnerName || column == Column::kPhone ||
           column == Column::kNpwp;
}

/// A cell of a column that HasMask().
std::string Masked(Column column, const std::string& cell) {
    if (cell.empty()) return cell;
    switch (column) {
        case Column::kNik: return indonesia::MaskNik(cell);
        case Column::kPhone: return indonesia::MaskPhone(cell);
        case Column::kNpwp: return MaskNpwp(cell);
        default: return MaskName(cell);
    }
}

/// A file's columns and lines.
class File {
public:
    File(const std::set<OwnerField>& shown, Language language) : language_(language) {
        for (const KnownColumn& known : KnownColumns()) {
            const auto field = PersonalColumns().find(known.column);
            const bool is_masked =
                field != PersonalColumns().end() && !shown.contains(field->second);
            if (is_masked && !HasMask(known.column)) continue;
            columns_.push_back({known, is_masked});
        }
    }

    std::string Header() const {
        const bool is_english = language_ == Language::kEnglish;
        std::vector<std::string> cells;
        for (const auto& [known, is_masked] : columns_) {
            std::string name(is_english ? known.english : known.indonesian);
            if (is_masked) name = is_english ? "masked_" + name : name + "_tersamar";
            cells.push_back(std::move(name));
        }
        for (const InformativeColumn& column : kInformativeColumns) {
            cells.emplace_back(is_english ? column.english : column.indonesian);
        }
        return csv::Line(cells);
    }

    std::string Line(const StoredBusiness& stored, bool has_other_businesses) const {
        const Business& business = stored.business;
        const RowValues values{.owner = stored.owner,
                               .profile = business.profile,
                               .figures = business.scale.figures,
                               .condition = business.condition,
                               .condition_since = business.condition_since,
                               .is_additional_business = has_other_businesses,
                               .business_id = business.id};
        std::vector<std::string> cells;
        for (const auto& [known, is_masked] : columns_) {
            std::string cell = CellOf(known.column, values, language_);
            cells.push_back(is_masked ? Masked(known.column, cell) : std::move(cell));
        }
        cells.push_back(WordOf(kScaleWords, business.scale.classification.scale, language_));
        cells.push_back(WordOf(kVerificationWords, business.verification, language_));
        return csv::Line(cells);
    }

private:
    struct Shown {
        KnownColumn known;
        bool is_masked;
    };

    const Language language_;
    std::vector<Shown> columns_;
};

}  // namespace

Result<ExportedPage> Exports::Page(const rpc::Call& call,
                                   const v1::ExportBusinessesRequest& request,
                                   const std::set<OwnerField>& shown,
                                   const std::optional<std::set<std::string>>& only) const {
    Result<BusinessPage> page = reads_.Page(call, request.selection());
    if (!page) return std::unexpected(page.error());
    std::set<std::string> owners;
    for (const StoredBusiness& each : page->businesses) owners.insert(each.business.owner_id);
    const std::set<std::string> with_several = queries_.OwnersOfSeveral(ViewerOf(call), owners);

    const File file(shown, request.english_header() ? Language::kEnglish : Language::kIndonesian);
    ExportedPage exported{
        .content = {}, .next_page_token = std::move(page->next_page_token), .business_ids = {}};
    if (request.selection().page_token().empty()) exported.content = file.Header();
    for (const StoredBusiness& each : page->businesses) {
        if (only && !only->contains(each.business.id)) continue;
        exported.content += file.Line(each, with_several.contains(each.business.owner_id));
        exported.business_ids.insert(each.business.id);
    }
    return exported;
}

Result<v1::ExportBusinessesResponse> Exports::Masked(
    const rpc::Call& call, const v1::ExportBusinessesRequest& request) const {
    Result<ExportedPage> page = Page(call, request, {});
    if (!page) return std::unexpected(page.error());
    v1::ExportBusinessesResponse response;
    response.set_content(std::move(page->content));
    response.set_next_page_token(std::move(page->next_page_token));
    return response;
}

}  // namespace bangkit::registration
