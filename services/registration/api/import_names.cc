#include "services/registration/api/import_names.h"

#include <algorithm>
#include <cstddef>

namespace bangkit::registration {
namespace {

// The Indonesian names are part of row keys: never change one, only add.
constexpr KnownColumn kKnown[] = {
    {Column::kNik, "nik", "nik", false, true},
    {Column::kOwnerName, "nama_pemilik", "owner_name", true, true},
    {Column::kPhone, "telepon", "phone", false, true},
    {Column::kBusinessName, "nama_usaha", "business_name", true},
    {Column::kKind, "jenis", "kind", true},
    {Column::kRegionCode, "kode_wilayah", "region_code", true},
    {Column::kKbli, "kbli", "kbli", true},
    {Column::kCapital, "modal", "capital"},
    {Column::kAnnualSales, "omzet_tahunan", "annual_sales"},
    {Column::kCondition, "kondisi", "condition"},
    {Column::kAddress, "alamat", "address"},
    {Column::kNib, "nib", "nib"},
    {Column::kNpwp, "npwp", "npwp", false, true},
    {Column::kStartDate, "tanggal_mulai", "start_date"},
    {Column::kIdentityCardAddress, "alamat_ktp", "identity_card_address", false, true},
    {Column::kKk, "nomor_kk", "family_card_number", false, true},
    {Column::kBirthDate, "tanggal_lahir", "birth_date", false, true},
    {Column::kSex, "jenis_kelamin", "sex", false, true},
    {Column::kEmail, "email", "email", false, true},
    {Column::kDisability, "disabilitas", "disability", false, true},
    {Column::kOccupation, "pekerjaan", "occupation", false, true},
    {Column::kConditionSince, "kondisi_sejak", "condition_since"},
    {Column::kAdditionalBusiness, "usaha_tambahan", "additional_business"},
    {Column::kOrderAndDeliver, "pesan_kirim", "order_and_deliver"},
    {Column::kLocationType, "jenis_lokasi", "location_type"},
    {Column::kWorkersMale, "pekerja_laki_laki", "workers_male"},
    {Column::kWorkersFemale, "pekerja_perempuan", "workers_female"},
    {Column::kNetworkCoverage, "jaringan", "network_coverage"},
    {Column::kChannels, "saluran", "channels"},
    {Column::kOnlineChannels, "toko_daring", "online_channels"},
    {Column::kNibIssuedOn, "nib_terbit", "nib_issued_on"},
    {Column::kPirt, "pirt", "pirt"},
    {Column::kPirtIssuedOn, "pirt_terbit", "pirt_issued_on"},
    {Column::kPirtExpiresOn, "pirt_berlaku", "pirt_expires_on"},
    {Column::kHalal, "halal", "halal"},
    {Column::kHalalIssuedOn, "halal_terbit", "halal_issued_on"},
    {Column::kHalalExpiresOn, "halal_berlaku", "halal_expires_on"},
    {Column::kBpom, "bpom", "bpom"},
    {Column::kBpomIssuedOn, "bpom_terbit", "bpom_issued_on"},
    {Column::kBpomExpiresOn, "bpom_berlaku", "bpom_expires_on"},
    {Column::kBusinessCertificate, "sku", "business_certificate"},
    {Column::kBusinessCertificateIssuedOn, "sku_terbit", "business_certificate_issued_on"},
    {Column::kBusinessCertificateExpiresOn, "sku_berlaku", "business_certificate_expires_on"},
    {Column::kCooperativeKind, "jenis_koperasi", "cooperative_kind"},
    {Column::kCooperativeForm, "bentuk_koperasi", "cooperative_form"},
    {Column::kDeedNumber, "nomor_akta", "deed_number"},
    {Column::kDeedDate, "tanggal_akta", "deed_date"},
    {Column::kLegalEntityNumber, "badan_hukum", "legal_entity_number"},
    {Column::kCooperativeNumber, "nik_koperasi", "cooperative_number"},
    {Column::kLastAnnualMeeting, "rat_terakhir", "last_annual_meeting"},
    {Column::kMembersMale, "anggota_laki_laki", "members_male"},
    {Column::kMembersFemale, "anggota_perempuan", "members_female"},
    {Column::kSharia, "syariah", "sharia"},
    {Column::kAffiliation, "afiliasi", "affiliation"},
    {Column::kVendorPlace, "lokasi_pkl", "vendor_place"},
    {Column::kVendorPlaceType, "jenis_tempat_pkl", "vendor_place_type"},
    {Column::kSellsFrom, "jam_buka", "sells_from"},
    {Column::kSellsUntil, "jam_tutup", "sells_until"},
    {Column::kTdu, "tdu", "tdu"},
    {Column::kTduIssuedOn, "tdu_terbit", "tdu_issued_on"},
    {Column::kTduExpiresOn, "tdu_berlaku", "tdu_expires_on"},
    {Column::kConsentVersion, "versi_persetujuan", "consent_version"},
    {Column::kConsentGivenAt, "waktu_persetujuan", "consent_given_at"},
    {Column::kSource, "sumber_data", "data_source"},
    {Column::kDeviceId, "perangkat", "device_id"},
    {Column::kCapturedAt, "waktu_pendataan", "captured_at"},
    {Column::kKbliVersion, "versi_kbli", "kbli_version"},
    {Column::kBusinessId, "id_usaha", "business_id"},
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
    {"kk", Column::kKk},
    {"no_kk", Column::kKk},
    {"nomor_kartu_keluarga", Column::kKk},
    {"alamat_pemilik", Column::kIdentityCardAddress},
    {"tgl_lahir", Column::kBirthDate},
    {"surel", Column::kEmail},
    {"gender", Column::kSex},
    {"warung_pesan_kirim", Column::kOrderAndDeliver},
    {"jumlah_pekerja_laki_laki", Column::kWorkersMale},
    {"jumlah_pekerja_perempuan", Column::kWorkersFemale},
    {"tenaga_kerja_laki_laki", Column::kWorkersMale},
    {"tenaga_kerja_perempuan", Column::kWorkersFemale},
    {"sinyal", Column::kNetworkCoverage},
    {"media_sosial", Column::kOnlineChannels},
    {"p_irt", Column::kPirt},
    {"no_pirt", Column::kPirt},
    {"nomor_pirt", Column::kPirt},
    {"sertifikat_halal", Column::kHalal},
    {"no_halal", Column::kHalal},
    {"izin_bpom", Column::kBpom},
    {"surat_keterangan_usaha", Column::kBusinessCertificate},
    {"no_akta", Column::kDeedNumber},
    {"nomor_badan_hukum", Column::kLegalEntityNumber},
    {"nomor_induk_koperasi", Column::kCooperativeNumber},
    {"tanggal_rat", Column::kLastAnnualMeeting},
    {"lokasi_berdagang", Column::kVendorPlace},
    {"tanda_daftar_usaha", Column::kTdu},
};

constexpr bool AreInOrder() {
    for (std::size_t i = 0; i < kColumnCount; ++i) {
        if (kKnown[i].column != static_cast<Column>(i)) return false;
    }
    return true;
}
static_assert(AreInOrder());

}  // namespace

std::span<const KnownColumn> KnownColumns() { return kKnown; }

const KnownColumn* FindColumn(std::string_view name) {
    std::string wanted = Normalized(name);
    std::erase_if(wanted, [](char c) { return c == '.' || c == '*'; });  // "No. HP", "NIK*".
    const auto alias = std::ranges::find(kAliases, wanted, &Alias::name);
    const auto found = std::ranges::find_if(kKnown, [&](const KnownColumn& known) {
        return known.indonesian == wanted || known.english == wanted ||
               (alias != std::end(kAliases) && alias->column == known.column);
    });
    return found == std::end(kKnown) ? nullptr : &*found;
}

}  // namespace bangkit::registration
