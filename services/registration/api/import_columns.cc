#include "services/registration/api/import_columns.h"

#include <algorithm>
#include <utility>

#include "libs/base/text.h"

namespace bangkit::registration {
namespace {

struct Known {
    Column column;
    std::string_view indonesian;
    std::string_view english;
    bool is_required = false;
};

constexpr Known kKnown[] = {
    {Column::kNik, "nik", "nik"},
    {Column::kOwnerName, "nama_pemilik", "owner_name", true},
    {Column::kPhone, "telepon", "phone"},
    {Column::kBusinessName, "nama_usaha", "business_name", true},
    {Column::kKind, "jenis", "kind", true},
    {Column::kRegionCode, "kode_wilayah", "region_code", true},
    {Column::kKbli, "kbli", "kbli", true},
    {Column::kCapital, "modal", "capital"},
    {Column::kAnnualSales, "omzet_tahunan", "annual_sales"},
    {Column::kCondition, "kondisi", "condition"},
    {Column::kAddress, "alamat", "address"},
    {Column::kNib, "nib", "nib"},
    {Column::kNpwp, "npwp", "npwp"},
    {Column::kStartDate, "tanggal_mulai", "start_date"},
};
static_assert(std::size(kKnown) == kColumnCount);

/// What officers' own tables call them.
struct Alias {
    std::string_view name;
    Column column;
};

constexpr Alias kAliases[] = {
    {"no_ktp", Column::kNik},
    {"nomor_ktp", Column::kNik},
    {"nomor_induk_kependudukan", Column::kNik},
    {"nama_pelaku_usaha", Column::kOwnerName},
    {"owner", Column::kOwnerName},
    {"no_hp", Column::kPhone},
    {"nomor_hp", Column::kPhone},
    {"no_telp", Column::kPhone},
    {"no_telepon", Column::kPhone},
    {"nomor_telepon", Column::kPhone},
    {"phone_number", Column::kPhone},
    {"nama_umkm", Column::kBusinessName},
    {"business", Column::kBusinessName},
    {"business_kind", Column::kKind},
    {"wilayah", Column::kRegionCode},
    {"kode_desa", Column::kRegionCode},
    {"kode_kelurahan", Column::kRegionCode},
    {"kode_kecamatan", Column::kRegionCode},
    {"region", Column::kRegionCode},
    {"kode_kbli", Column::kKbli},
    {"kbli_code", Column::kKbli},
    {"modal_usaha", Column::kCapital},
    {"omzet", Column::kAnnualSales},
    {"omset", Column::kAnnualSales},
    {"omset_tahunan", Column::kAnnualSales},
    {"omzet_per_tahun", Column::kAnnualSales},
    {"annual_turnover", Column::kAnnualSales},
    {"kondisi_usaha", Column::kCondition},
    {"business_condition", Column::kCondition},
    {"alamat_usaha", Column::kAddress},
    {"business_address", Column::kAddress},
    {"nomor_induk_berusaha", Column::kNib},
    {"no_npwp", Column::kNpwp},
    {"nomor_npwp", Column::kNpwp},
    {"tanggal_mulai_usaha", Column::kStartDate},
    {"tanggal_berdiri", Column::kStartDate},
    {"started_on", Column::kStartDate},
};

const Known* Find(std::string_view name) {
    std::string wanted = Normalized(name);
    std::erase_if(wanted, [](char c) { return c == '.' || c == '*'; });  // "No. HP", "NIK*".
    const auto alias = std::ranges::find(kAliases, wanted, &Alias::name);
    const auto found = std::ranges::find_if(kKnown, [&](const Known& known) {
        return known.indonesian == wanted || known.english == wanted ||
               (alias != std::end(kAliases) && alias->column == known.column);
    });
    return found == std::end(kKnown) ? nullptr : &*found;
}

/// Of what is a formula to a spreadsheet, unless it has an apostrophe in front.
constexpr std::string_view kFormulaBegins = "=+-@\t";

std::string_view WithoutApostrophe(std::string_view value) {
    const bool is_guarded =
        value.size() > 1 && value[0] == '\'' &&
        kFormulaBegins.contains(value[std::min(value.find_first_not_of(' ', 1), value.size() - 1)]);
    return is_guarded ? Trimmed(value.substr(1)) : value;
}

}  // namespace

Error FileInvalid(std::string message) {
    return {.code = ErrorCode::kInvalidArgument,
            .reason = "FILE_INVALID",
            .message = std::move(message)};
}

std::string Normalized(std::string_view word) {
    std::string normalized(Trimmed(word));
    for (char& c : normalized) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || c == '-') c = '_';
    }
    return normalized;
}

Result<Columns> Columns::Parse(const std::vector<std::string>& header) {
    Columns columns;
    for (const Known& known : kKnown) columns.names_[Index(known.column)] = known.indonesian;
    for (std::size_t place = 0; place < header.size(); ++place) {
        const std::string nth = "column " + std::to_string(place + 1) + " of the header ";
        const auto is_it = [name = Normalized(header[place])](auto note) { return note == name; };
        if (std::ranges::any_of(kNoteColumns, is_it)) {
            columns.note_places_.push_back(place);
            continue;
        }
        const Known* known = Find(header[place]);
        if (known == nullptr) return std::unexpected(FileInvalid(nth + "has no known name"));
        std::optional<std::size_t>& found = columns.places_[Index(known->column)];
        if (found) {
            return std::unexpected(
                FileInvalid(nth + "is the same as column " + std::to_string(*found + 1)));
        }
        found = place;
        columns.names_[Index(known->column)] = Trimmed(header[place]);
    }
    for (const Known& known : kKnown) {
        if (known.is_required && !columns.places_[Index(known.column)]) {
            return std::unexpected(
                FileInvalid("the header lacks the column " + std::string(known.indonesian)));
        }
    }
    return columns;
}

std::string_view Columns::Value(Column column, const std::vector<std::string>& row) const {
    const std::optional<std::size_t>& place = places_[Index(column)];
    return place ? WithoutApostrophe(Trimmed(row[*place])) : std::string_view();
}

bool Columns::IsNote(std::size_t place) const {
    return std::ranges::find(note_places_, place) != note_places_.end();
}

}  // namespace bangkit::registration
