#pragma once

#include <cstdint>
#include <string_view>

#include "bangkit/aid/v1/nomination.pb.h"
#include "bangkit/registration/v1/registration_service.pb.h"
#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// Who is nominated for what, and what the agency makes of it, by the numbers of its list.
struct NominationPlan {
    std::string_view template_code;
    aid::v1::NominationScheme scheme;
    const char* region_code;
    registration::v1::ListBusinessesRequest applicants;  // The first of these.
    std::int64_t nominated;
    std::int64_t invalid_every;   // So many-th is invalid at first ...
    std::int64_t rejected_every;  // ... and so many-th for good: a multiple of it.
};

/// Nominates as planned: from the application over survey and approval to the list, the agency's
/// answers, a correction, the decree and the money in their hands; through the public interface
/// alone, each step by another person, as the rules ask. Goes on where an earlier run ended. In
/// development only.
void Nominate(Session& session, ProgressLine& line, const NominationPlan& plan);

// Kota Tangerang Selatan, 21 Oct 2020: of 80,000 who are registered, 25,000 have received BPUM.
inline constexpr std::int64_t kTangselRegistered = 80'000;
inline constexpr std::int64_t kTangselNominated = 25'500;
inline constexpr std::int64_t kTangselRecipients = 25'000;

/// BPUM for them, and a complaint that it is slow, which the city leaves unanswered: it goes up to
/// Banten, and is answered there.
void PlayTangsel(Session& session, ProgressLine& line);

// Lampung: owners whose business has stopped, together with the manpower office.
inline constexpr std::int64_t kPrakerjaNominated = 24;
inline constexpr std::int64_t kPrakerjaRecipients = 21;

void NominateForPrakerja(Session& session, ProgressLine& line);

}  // namespace bangkit::cli
