#include "libs/status/localized.h"

#include <algorithm>
#include <iterator>

namespace bangkit::status {
namespace {

constexpr std::string_view kGeneral = "Permintaan tidak dapat diproses.";

// In the order of the reasons: the table is searched by halves.
constexpr LocalizedReason kReasons[] = {
    {"AGE_UNUSUAL", "Umur menurut NIK tidak lazim; mohon diperiksa."},
    {"AMOUNT_INVALID", "Jumlah harus berupa angka rupiah tanpa titik, koma, atau huruf."},
    {"BUSINESS_ALREADY_REGISTERED", "Usaha ini sudah terdaftar."},
    {"BUSINESS_CLOSED", "Usaha ini sudah tutup."},
    {"BUSINESS_NOT_FOUND", "Usaha tidak ditemukan di wilayah Anda."},
    {"CACHE_UNAVAILABLE", "Penyimpanan sementara sedang tidak tersedia. Silakan coba lagi."},
    {"CHECKSUM_DIFFERS", "Berkas yang diterima berbeda dengan yang dikirim. Silakan kirim ulang."},
    {"COLUMN_COUNT_WRONG", "Jumlah kolom baris ini tidak sama dengan jumlah kolom judul."},
    {"COMMIT_UNKNOWN",
     "Hasil permintaan belum dapat dipastikan. Silakan kirim ulang dengan nomor permintaan yang "
     "sama."},
    {"DASHBOARD_REBUILDING", "Angka sedang disusun ulang. Silakan coba lagi nanti."},
    {"DATABASE_OUT_OF_SERVICE", "Basis data sedang tidak dapat melayani. Silakan coba lagi."},
    {"DATABASE_UNREACHABLE", "Basis data sedang tidak dapat dihubungi. Silakan coba lagi."},
    {"DATE_INVALID", "Tanggal harus ditulis sebagai TTTT-BB-HH, misalnya 2026-01-31."},
    {"DATE_IN_FUTURE", "Tanggal tidak boleh di masa depan."},
    {"DEADLINE_EXCEEDED", "Waktu tunggu habis sebelum permintaan selesai. Silakan coba lagi."},
    {"DIGITS_LOST",
     "Angka ini kehilangan digit di lembar kerja. Ubah kolomnya menjadi teks, lalu isi ulang."},
    {"DUPLICATE", "Isian ini sudah disebut sebelumnya."},
    {"ETAG_INVALID", "Penanda versi data tidak benar. Muat ulang, lalu coba lagi."},
    {"ETAG_STALE", "Data sudah diubah orang lain. Muat ulang, lalu coba lagi."},
    {"FIELDS_INVALID", "Ada isian yang belum benar."},
    {"FIELD_IMMUTABLE", "Isian ini tidak dapat diubah dengan cara ini."},
    {"FIELD_NOT_FOR_PURPOSE", "Tujuan ini tidak memerlukan semua data yang diminta."},
    {"FIELD_UNKNOWN", "Isian ini tidak dikenal atau tidak dapat diubah."},
    {"FILE_DESTROYED",
     "Berkas sudah dihapus karena ada penghapusan data pribadi. Silakan kirim ulang berkasnya."},
    {"FILE_INVALID", "Berkas tidak dapat dibaca."},
    {"FILE_TOO_LARGE", "Berkas terlalu besar. Silakan bagi menjadi beberapa berkas."},
    {"IMPORT_ERRORS_DESTROYED", "Daftar kesalahan impor ini sudah dihapus."},
    {"IMPORT_FINISHED", "Impor ini sudah selesai."},
    {"IMPORT_NOT_FOUND", "Impor tidak ditemukan."},
    {"INTERNAL", "Terjadi kesalahan pada sistem."},
    {"KBLI_UNKNOWN", "Kode KBLI tidak dikenal."},
    {"KEY_FILE_OUTDATED", "Peladen ini belum memakai kunci terbaru."},
    {"LEGAL_HOLD", "Data tidak boleh dihapus karena masih diperlukan dalam proses hukum."},
    {"NIB_ALREADY_REGISTERED", "NIB ini sudah terdaftar."},
    {"NIB_INVALID", "NIB harus terdiri atas 13 angka."},
    {"NIK_ALREADY_REGISTERED", "NIK ini sudah terdaftar."},
    {"NIK_INVALID", "NIK tidak benar: harus 16 angka sesuai KTP."},
    {"NIK_KNOWN", "NIK pemilik sudah tercatat dan tidak dapat diganti."},
    {"NOTE_PERSONAL", "Catatan tidak boleh memuat data pribadi."},
    {"NOT_A_UUID", "Isian ini harus berupa UUID."},
    {"NOT_EXPORTED", "Salinan data belum dibuat."},
    {"NPWP_CHECKSUM", "Angka pemeriksa NPWP tidak cocok; mohon diperiksa."},
    {"NPWP_INVALID", "NPWP harus terdiri atas 15 atau 16 angka."},
    {"OUT_OF_RANGE", "Nilai di luar batas yang diperbolehkan."},
    {"OWNER_ERASED", "Data pribadi pemilik ini sudah dihapus."},
    {"PAGE_TOKEN_INVALID", "Penanda halaman tidak berlaku untuk pencarian ini."},
    {"PHONE_INVALID", "Nomor telepon tidak benar."},
    {"PHONE_PREFIX_UNKNOWN", "Awalan nomor telepon tidak dikenal; mohon diperiksa."},
    {"PIECE_LEAVES_GAP",
     "Bagian berkas sebelumnya belum diterima. Lanjutkan dari bagian terakhir yang diterima."},
    {"PIECE_TOO_SMALL", "Bagian berkas terlalu kecil."},
    {"POSITION_INVALID", "Penanda posisi ini tidak dikenal."},
    {"POSITION_NOT_REACHED", "Angka terbaru belum tersedia. Silakan coba lagi."},
    {"PURPOSE_NOT_ALLOWED", "Peran Anda tidak berhak melihat data untuk tujuan ini."},
    {"QUEUE_FULL", "Sistem sedang sibuk. Silakan coba lagi sebentar lagi."},
    {"QUOTES_INVALID", "Tanda kutip pada baris ini tidak benar."},
    {"REASON_MISSING", "Tingkat verifikasi hanya dapat diturunkan dengan alasan."},
    {"REFERENCE_INVALID",
     "Nomor berkas harus 3–40 huruf, angka, atau tanda . / - dan tidak boleh memuat NIK atau nomor "
     "telepon."},
    {"REGION_NOT_FOUND", "Wilayah tidak ditemukan."},
    {"REGION_UNKNOWN", "Kode wilayah tidak dikenal."},
    {"REQUEST_ID_REUSED", "Nomor permintaan ini sudah dipakai untuk permintaan lain."},
    {"REQUEST_MALFORMED", "Permintaan tidak dapat dibaca."},
    {"REQUIRED", "Isian ini wajib diisi."},
    {"ROLE_NOT_ALLOWED", "Peran Anda tidak berhak melakukan tindakan ini."},
    {"ROW_TOO_LONG", "Baris ini terlalu panjang, atau tanda kutipnya tidak ditutup."},
    {"SIZE_DIFFERS", "Ukuran berkas berbeda dengan yang dinyatakan."},
    {"SUBJECT_REQUEST_CLOSED", "Permohonan ini sudah ditutup."},
    {"SUBJECT_REQUEST_KIND_WRONG", "Jenis permohonan ini tidak sesuai."},
    {"SUBJECT_REQUEST_NOT_FOUND", "Permohonan tidak ditemukan di wilayah Anda."},
    {"SUBJECT_REQUEST_OPEN", "Permohonan yang sama sedang diproses."},
    {"TEXT_INVALID", "Teks memuat karakter yang tidak diperbolehkan."},
    {"TOKEN_EXPIRED", "Sesi Anda sudah berakhir. Silakan masuk lagi."},
    {"TOKEN_INVALID", "Sesi Anda tidak sah. Silakan masuk lagi."},
    {"TOKEN_MISSING", "Silakan masuk terlebih dahulu."},
    {"TOO_LONG", "Teks terlalu panjang."},
    {"TOO_MANY_IMPORTS",
     "Terlalu banyak impor yang belum selesai. Selesaikan atau batalkan salah satu."},
    {"TRANSACTION_CONFLICT", "Data sedang diubah bersamaan. Silakan coba lagi."},
    {"UNKNOWN_VALUE", "Pilihan ini tidak dikenal."},
    {"UPLOAD_ABANDONED", "Pengunggahan berkas tidak diselesaikan pada waktunya."},
    {"UPLOAD_FINISHED", "Impor ini tidak menerima bagian berkas lagi."},
    {"VALUE_REFUSED", "Nilai ini tidak dapat disimpan."},
};

static_assert(std::ranges::is_sorted(kReasons, {}, &LocalizedReason::reason));

}  // namespace

std::span<const LocalizedReason> LocalizedReasons() { return kReasons; }

std::string_view Indonesian(std::string_view reason) {
    const auto found = std::ranges::lower_bound(kReasons, reason, {}, &LocalizedReason::reason);
    return found != std::end(kReasons) && found->reason == reason ? found->indonesian : kGeneral;
}

}  // namespace bangkit::status
