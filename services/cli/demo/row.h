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
    kIdentityCardAddress,
    kKk,
    kBirthDate,
    kSex,
    kEmail,
    kDisability,
    kOccupation,
    kOrderAndDeliver,
    kLocationType,
    kWorkersMale,
    kWorkersFemale,
    kNetworkCoverage,
    kChannels,
    kOnlineChannels,
    kNibIssuedOn,
    kPirt,
    kPirtIssuedOn,
    kPirtExpiresOn,
    kHalal,
    kHalalIssuedOn,
    kHalalExpiresOn,
    kBusinessCertificate,
    kBusinessCertificateIssuedOn,
    kBusinessCertificateExpiresOn,
    kCooperativeKind,
    kCooperativeForm,
    kDeedNumber,
    kDeedDate,
    kLegalEntityNumber,
    kCooperativeNumber,
    kLastAnnualMeeting,
    kMembersMale,
    kMembersFemale,
    kSharia,
    kAffiliation,
    kVendorPlace,
    kVendorPlaceType,
    kSellsFrom,
    kSellsUntil,
    kTdu,
    kTduIssuedOn,
    kTduExpiresOn,
    kConsentVersion,
    kConsentGivenAt,
    kSource,
};

inline constexpr std::array<std::string_view, 59> kColumnNames{
    "nik",
    "nama_pemilik",
    "telepon",
    "nama_usaha",
    "jenis",
    "kode_wilayah",
    "kbli",
    "modal",
    "omzet_tahunan",
    "kondisi",
    "alamat",
    "nib",
    "npwp",
    "tanggal_mulai",
    "alamat_ktp",
    "nomor_kk",
    "tanggal_lahir",
    "jenis_kelamin",
    "email",
    "disabilitas",
    "pekerjaan",
    "pesan_kirim",
    "jenis_lokasi",
    "pekerja_laki_laki",
    "pekerja_perempuan",
    "jaringan",
    "saluran",
    "toko_daring",
    "nib_terbit",
    "pirt",
    "pirt_terbit",
    "pirt_berlaku",
    "halal",
    "halal_terbit",
    "halal_berlaku",
    "sku",
    "sku_terbit",
    "sku_berlaku",
    "jenis_koperasi",
    "bentuk_koperasi",
    "nomor_akta",
    "tanggal_akta",
    "badan_hukum",
    "nik_koperasi",
    "rat_terakhir",
    "anggota_laki_laki",
    "anggota_perempuan",
    "syariah",
    "afiliasi",
    "lokasi_pkl",
    "jenis_tempat_pkl",
    "jam_buka",
    "jam_tutup",
    "tdu",
    "tdu_terbit",
    "tdu_berlaku",
    "versi_persetujuan",
    "waktu_persetujuan",
    "sumber_data",
};

/// The n-th column behind `column`.
inline Column Next(Column column, std::size_t n) {
    return static_cast<Column>(static_cast<std::size_t>(column) + n);
}

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
