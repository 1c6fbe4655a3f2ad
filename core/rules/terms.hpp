#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.hpp"

/// When terms begin and end, and what a term's status is called afterwards.
namespace peercert::rules {

/// Both throw Error{invalid_input} when the level has no "lasts", or its clock lacks a day it hangs on (birth,
/// passing). The first day is `situation.issue`, else as_of.
PresentTerm first_term(const Program&, std::string_view level, const Record&, const Situation&);
/// The term after the present one: begins the day after it when decided in time, on the day of the decision when late
/// (nothing is backdated). An exception that covers the day sets its last day.
PresentTerm next_term(const Program&, std::string_view level, const Record&, const Situation&);
/// A day so much later; months and years are clamped to the last day of a month.
Date add_span(Date day, const Span& span);
/// The last day on which the body decides in its own time about what it received on `received`; nothing when the step
/// says none, or when it hangs on closed days that no calendar lists.
std::optional<Date> decide_by(const Edition&, const Step&, Date received);

/// Throws Error{invalid_input} when that term cannot be asked for at that level, or one has to be chosen and none was.
void check_term_asked(const Program&, std::string_view level, const std::optional<Span>& term);
/// The term that begins on `situation.issue` because a track with which this one is aligned was issued; nothing when
/// this one follows nobody, has no term in force, or ends on that day already.
std::optional<PresentTerm> aligned_term(const Program&, std::string_view level, const Record&, const Situation&);

/// The first certifications whose latest this level's terms are counted from, each with its track: its own and those of
/// the tracks it is aligned with. Empty unless one of those is held by `as_of`.
std::vector<AnchorDay> certifications_followed(const Program&, std::string_view level, const Record&, Date as_of);

/// One stretch of a term's life. Stretches follow each other without gap; the first one is the term itself.
struct Stretch {
    Date first{};
    std::optional<Date> last;                    ///< inclusive; absent: no limit
    bool in_force{false};                        ///< true only for the term itself (with an extension by exception)
    bool last_unknown{false};                    ///< where the stretch ends is not known
    std::string called;                          ///< "in force", then the words of the edition ("grace", "late")
    Stated<std::vector<std::string>> holder_may; ///< purposes; not for the term itself
    std::string decides;                         ///< a question that only the body can answer
    int rung{-1};                                ///< number in "after expiry"; -1: the term itself
    std::string see;
    bool operator==(const Stretch&) const = default;
};

/// What services freeze into a term at issue. A term without end has one stretch.
std::vector<Stretch> timeline(const Program&, const PresentTerm&);
/// The same for somebody whom an exception (an emergency extension) covers.
std::vector<Stretch> timeline(const Program&, const PresentTerm&, const Record&);

/// The last day on which an application for that step can be granted; nothing when it stays open, or the day it hangs
/// on (an approval) has not come.
std::optional<Date> closes_on(const Program&, Step::Verb, std::string_view level, const Record&, const Situation&);

/// The day up to which a public register shows the term, where the rules say that it is another than the last one. It
/// makes nobody certified any longer.
std::optional<Date> shown_until(const Program&, std::string_view level, const PresentTerm&);

/// The rung of "after expiry" that holds on `day` for a term that ended on `last`; nothing while the term lasts.
std::optional<std::size_t> rung_on(const Program&, Date last, Date day);
/// The same for somebody for whom an exception may let those rungs begin later.
std::optional<std::size_t> rung_on(const Program&, Date last, Date day, const Record&);

/// Whether a renewal that was filed on `filed` is in time though the term has ended: its last day fell on a closed day,
/// and that was the next open one. Certain only where a calendar knows those days.
bool in_time_by_closed_day(const Program&, std::string_view level, Date last, Date filed);

struct FeeAnswer {
    std::vector<Fee> lines; ///< as written in the edition
    std::int64_t cents{0};  ///< sum of the stated lines
    bool is_open{false};    ///< a line is not known
    bool waivable{false};   ///< an exception covers this day
    std::string called;     ///< the rung's word; empty when in time
    bool operator==(const FeeAnswer&) const = default;
};

/// What the step costs on `day`; for a renewal after the last day of the present term, the rung's whole fee.
FeeAnswer fee(const Program&, Step::Verb, std::string_view level, const Record&, const Situation&);

/// Whether a term that lasts is still good, as far as what has to stay true while the level is held goes: met; unmet
/// when it ends with that; open when nobody found what then, or it is not known whether it is still true.
struct StillEligible {
    Verdict verdict{Verdict::met()};
    std::string because; ///< empty while nothing has changed
    bool operator==(const StillEligible&) const = default;
};
StillEligible still_eligible(const Program&, std::string_view level, const Record&, Date day);

/// Whether the holder may do something on a day, and under what condition.
struct MayAnswer {
    Verdict verdict{Verdict::unmet()};
    std::string level;                          ///< level relied on
    std::string restriction;                    ///< "under an approved supervisor"
    std::vector<std::string> employer_confirms; ///< what only others can confirm; never answered by us
    std::string because;                        ///< the edition's own reason or the rung's word when it is no
    std::string see;
    bool operator==(const MayAnswer&) const = default;
};
/// Throws Error{not_found} for a purpose the edition does not know.
MayAnswer may(const Program&, std::string_view purpose, const Record&, Date day);

} // namespace peercert::rules
