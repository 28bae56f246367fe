#include "services/aid/api/nomination/nomination_file.h"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/csv/writer.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/nik.h"
#include "services/aid/domain/payment/payment.h"

namespace bangkit::aid {
namespace {

using Line = NominationFilePage::Line;

struct Column {
    std::string_view name;
    std::string (*cell)(const Line& line);
};

/// What a NIK says of somebody; it was checked when it was stated.
indonesia::Nik NikOf(const Line& line) {
    return *indonesia::ParseNik(line.record.nik, indonesia::LocalDate(line.nominee.nominated_at));
}

// Cells. "-2" behind the id: what was sent again after a correction.
std::string Number(const Line& line) { return std::to_string(line.nominee.number); }
std::string Reference(const Line& line) {
    return ReferenceOf(line.nominee.id) + "-" + std::to_string(line.nominee.round);
}
std::string NikDigits(const Line& line) { return line.record.nik; }
std::string FamilyCard(const Line& line) { return line.record.family_card; }
std::string Name(const Line& line) { return line.record.name; }
std::string BirthDate(const Line& line) { return indonesia::FormatDate(NikOf(line).birth_date); }
std::string Sex(const Line& line) { return NikOf(line).female ? "P" : "L"; }
std::string CardAddress(const Line& line) { return line.record.identity_card_address; }
std::string LineOfBusiness(const Line& line) { return line.record.line_of_business; }
std::string BusinessAddress(const Line& line) { return line.record.business_address; }
std::string Permit(const Line& line) { return line.record.permit; }
std::string PhoneNumber(const Line& line) { return line.record.phone; }
std::string Email(const Line& line) { return line.record.email; }

// Permenkop UKM 6/2020: NIK, name, address, line of business, telephone.
constexpr Column kBpum2020[] = {{"nomor", Number},
                                {"nomor_usulan", Reference},
                                {"nik", NikDigits},
                                {"nama_lengkap", Name},
                                {"alamat_ktp", CardAddress},
                                {"bidang_usaha", LineOfBusiness},
                                {"nomor_telepon", PhoneNumber}};
// As of 2021 also the family card, the place of business and its permit.
constexpr Column kBpum2021[] = {{"nomor", Number},
                                {"nomor_usulan", Reference},
                                {"nik", NikDigits},
                                {"nomor_kk", FamilyCard},
                                {"nama_lengkap", Name},
                                {"alamat_ktp", CardAddress},
                                {"bidang_usaha", LineOfBusiness},
                                {"alamat_usaha", BusinessAddress},
                                {"nib_sku", Permit},
                                {"nomor_telepon", PhoneNumber}};
// What the list of the manpower office has is not confirmed by a source: a parameter.
constexpr Column kPrakerja[] = {{"nomor", Number},
                                {"nomor_usulan", Reference},
                                {"nik", NikDigits},
                                {"nomor_kk", FamilyCard},
                                {"nama_lengkap", Name},
                                {"tanggal_lahir", BirthDate},
                                {"jenis_kelamin", Sex},
                                {"alamat_ktp", CardAddress},
                                {"bidang_usaha", LineOfBusiness},
                                {"nomor_telepon", PhoneNumber},
                                {"email", Email}};

std::span<const Column> ColumnsOf(NominationScheme scheme) {
    switch (scheme) {
        case NominationScheme::kBpum2020: return kBpum2020;
        case NominationScheme::kBpum2021: return kBpum2021;
        case NominationScheme::kPrakerja: return kPrakerja;
    }
    std::unreachable();
}

}  // namespace

std::string ContentOf(const NominationFilePage& page) {
    const std::span<const Column> columns = ColumnsOf(page.batch.scheme);
    std::string content;
    std::vector<std::string> cells;
    if (page.is_first) {
        for (const Column& column : columns) cells.emplace_back(column.name);
        content += csv::Line(cells);
    }
    for (const Line& line : page.lines) {
        cells.clear();
        for (const Column& column : columns) cells.push_back(column.cell(line));
        content += csv::Line(cells);
    }
    return content;
}

}  // namespace bangkit::aid
