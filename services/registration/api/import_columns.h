#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"

namespace bangkit::registration {

/// What a column of an import file can be about.
enum class Column {
    kNik,
    kOwnerName,
    kPhone,
    kBusinessName,
    kKind,
    kRegionCode,
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
    kConditionSince,
    kAdditionalBusiness,
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
    kBpom,
    kBpomIssuedOn,
    kBpomExpiresOn,
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
    kDeviceId,
    kCapturedAt,
    kKbliVersion,
    kBusinessId,  // Of files that we have made: a row of a business that is there is none more.
};
inline constexpr std::size_t kColumnCount = static_cast<std::size_t>(Column::kBusinessId) + 1;

/// The columns that a file of errors has besides those of the file that it is about. In a file that
/// is imported they are ignored, so that a file of errors can be imported as it is.
inline constexpr std::string_view kNoteColumns[] = {"baris", "kolom", "alasan", "pesan"};

/// A file that is refused as a whole: INVALID_ARGUMENT with reason FILE_INVALID.
Error FileInvalid(std::string message);

/// Lower case, and `_` for what separates words: how names and words of a file are compared.
std::string Normalized(std::string_view word);

/// Which column of a file is about what.
class Columns {
public:
    /// From the fields of the first row: Indonesian or English names, in any order. FILE_INVALID if
    /// one is unknown, occurs twice or is missing. Says which by its place: a file without a header
    /// begins with personal data.
    static Result<Columns> Parse(const std::vector<std::string>& header);

    /// True if the column at `place` of the file is one of kNoteColumns.
    bool IsNote(std::size_t place) const;

    /// As the header spells it.
    const std::string& NameOf(Column column) const { return names_[Index(column)]; }
    /// Without spaces around it, and without the apostrophe by which spreadsheets and files of
    /// errors keep a text from being a formula; empty if the file has no such column.
    std::string_view Value(Column column, const std::vector<std::string>& row) const;

private:
    static std::size_t Index(Column column) { return static_cast<std::size_t>(column); }

    std::array<std::string, kColumnCount> names_;
    std::array<std::optional<std::size_t>, kColumnCount> places_;
    std::vector<std::size_t> note_places_;
};

}  // namespace bangkit::registration
