#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bangkit::cli {

/// The columns of a file of businesses, in the order in which we write them.
enum class Column : std::size_t {
    kNik,
    kOwnerName,
    kPhone,
    kName,
    kKind,
    kRegion,
    kKbli,
    kCapital,
    kAnnualSales,
    kCondition,
    kAddress,
    kNib,
    kNpwp,
    kStartDate,
};

inline constexpr std::array<std::string_view, 14> kColumnNames{
    "nik",   "nama_pemilik",  "telepon", "nama_usaha", "jenis", "kode_wilayah", "kbli",
    "modal", "omzet_tahunan", "kondisi", "alamat",     "nib",   "npwp",         "tanggal_mulai"};

/// One business as a row of such a file.
struct Row {
    std::array<std::string, kColumnNames.size()> cells;

    std::string& operator[](Column column) { return cells[static_cast<std::size_t>(column)]; }
    const std::string& operator[](Column column) const {
        return cells[static_cast<std::size_t>(column)];
    }
    bool operator==(const Row&) const = default;
};

}  // namespace bangkit::cli
