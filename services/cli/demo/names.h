#pragma once

#include <span>
#include <string>
#include <string_view>

#include "services/cli/demo/random.h"

namespace bangkit::cli {

/// What a business of some kind does, and what it may be called.
struct Trade {
    std::string_view kbli;
    std::string_view name;  // "Warung Makan".
    int weight;             // How common it is.
};

std::span<const Trade> UmkmTrades();
std::span<const Trade> VendorTrades();
std::span<const Trade> CooperativeTrades();

/// One of them, the common ones more often.
const Trade& PickTrade(std::span<const Trade> trades, Random& random);

/// "Siti Rahmawati": of nobody.
std::string PersonName(bool female, Random& random);

/// "Warung Makan Bu Siti", "Toko Kelontong Berkah".
std::string BusinessName(const Trade& trade, std::string_view owner_name, bool female,
                         Random& random);
enum class Affiliation { kNone, kMosque, kPesantren };

/// "Koperasi Jasa Masjid Al-Ikhlas", "Koperasi Simpan Pinjam Sejahtera Bersama".
std::string CooperativeName(const Trade& trade, Affiliation affiliation, Random& random);

/// "Jl. Melati No. 12, RT 03/RW 07"
std::string StreetAddress(Random& random);
/// "Lapak 12, Pasar Melati"
std::string StallAddress(Random& random);

}  // namespace bangkit::cli
