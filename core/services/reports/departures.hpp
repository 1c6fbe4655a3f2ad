#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "curricula/catalogue.hpp"

namespace peercert::services {

/// How one standard of a profile and a track's rule stand to each other.
enum class Stance {
    agrees,
    departs,
    silent, ///< the track's file says nothing about it
    open    ///< what the profile says was not read, or the track's rule is not known there
};

/// What the track asks that the standard is held against.
struct Asked {
    std::string step; ///< "to become certified"
    std::string clause;
    std::string says;    ///< "at least 1000 h", "high-school diploma or GED"
    bool one_way{false}; ///< it is one of several ways to the same
    std::string source;  ///< what the clause's source is, and how sure
    Stance stance{Stance::open};
};

struct Departure {
    std::string standard;
    int number{0};
    std::string says;   ///< what the profile says; empty when it was not read
    std::string figure; ///< "40 to 60 h"; empty when there is none
    std::string source;
    std::string trust;
    Stance stance{Stance::open};
    std::vector<Asked> asked;
};

struct Departures {
    std::string profile; ///< "samhsa-model 2023"
    std::string profile_title;
    std::string track; ///< "wi-cps 2024"
    std::string track_title;
    std::vector<Departure> standards; ///< in the order of the profile
};

/// Holds a track beside a profile. Concludes only where the profile was read and the track says something that can be
/// held against it; everything else is silent or open, with what the track asks shown for people to compare. Throws
/// Error{not_found} naming the nearest code; `profile` empty: the only one there is.
Departures departures(const curricula::Catalogue& catalogue, std::string_view track, std::string_view edition,
                      std::string_view profile);
Departures departures(const Edition& edition, const curricula::Profile& profile);

/// "agrees", "departs", "silent", "open".
std::string_view to_text(Stance stance);

} // namespace peercert::services
