#include "libs/indonesia/nib.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/npwp.h"
#include "libs/indonesia/phone.h"
#include "libs/indonesia/regions.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

using namespace indonesia;

constexpr Date kToday = std::chrono::sys_days(std::chrono::year(2026) / 1 / 2);

bool IsDigits(std::string_view text, std::size_t length) {
    return text.size() == length && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// No more than `shown` digits of `secret` are in `masked`.
bool Hides(std::string_view masked, std::size_t shown) {
    std::size_t digits = 0;
    for (const char c : masked) digits += c >= '0' && c <= '9' ? 1 : 0;
    return digits <= shown && masked.contains("****");
}

void TryNik(std::string_view text, const RegionTree& regions) {
    Claim(Hides(MaskNik(text), 8) || !IsDigits(text, 16), "a mask hides");
    const Result<Nik> nik = ParseNik(text, kToday, &regions);
    if (!nik) return Claim(nik.error().reason == "NIK_INVALID", "the reason");
    Claim(IsDigits(nik->digits, 16), "a NIK has 16 digits");
    Claim(nik->birth_date <= kToday, "nobody is born tomorrow");
    Claim(Hides(MaskNik(nik->digits), 8), "a mask hides half");
    const Result<Nik> again = ParseNik(nik->digits, kToday, &regions);
    Claim(again && again->digits == nik->digits && again->birth_date == nik->birth_date &&
              again->female == nik->female && again->warnings == nik->warnings,
          "a NIK is read as itself");
}

void TryPhone(std::string_view text) {
    Claim(MaskPhone(text).contains("****"), "a mask hides");
    const Result<Phone> phone = ParsePhone(text);
    if (!phone) return Claim(phone.error().reason == "PHONE_INVALID", "the reason");
    Claim(phone->e164.starts_with("+62") && phone->e164.size() <= 16, "it is E.164");
    Claim(MaskPhone(phone->e164).contains("****"), "a mask hides");
    for (const std::string& form : {phone->e164, FormatPhone(phone->e164)}) {
        const Result<Phone> again = ParsePhone(form);
        Claim(again && again->e164 == phone->e164 && again->mobile == phone->mobile,
              "a number is read as itself");
    }
}

void TryNpwp(std::string_view text) {
    const Result<Npwp> npwp = ParseNpwp(text, kToday);
    if (!npwp) return Claim(npwp.error().reason == "NPWP_INVALID", "the reason");
    Claim(IsDigits(npwp->digits, npwp->is_nik ? 16 : 15), "an NPWP has 15 or 16 digits");
    Claim(ParseNpwp(npwp->digits, kToday) == npwp, "an NPWP is read as itself");
}

void TryNib(std::string_view text) {
    const Result<std::string> nib = ParseNib(text);
    if (!nib) return Claim(nib.error().reason == "NIB_INVALID", "the reason");
    Claim(IsDigits(*nib, 13) && ParseNib(*nib) == nib, "a NIB is read as itself");
}

}  // namespace

void Try(std::string_view input) {
    static const RegionTree regions;
    TryNik(input, regions);
    TryPhone(input);
    TryNpwp(input);
    TryNib(input);
}

std::vector<std::string> Seeds() {
    return {"3674054107909001",
            "36.74.05.410790.9001",
            "327504410790900",
            "3.27504E+15",
            "3674050000000001",
            "3674052902019001",
            "3674052902009001",
            "9999999999999999",
            "0812-0000-9001",
            "+62 (0)812 0000 9001",
            "62812000",
            "021-5550123",
            "0800-1234567",
            "8120000900199",
            "01.234.567.8-901.000",
            "0012345678901000",
            "123456789012345",
            "9120001234567",
            "1234567890123"};
}

}  // namespace bangkit::fuzz
