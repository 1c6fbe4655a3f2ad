#include "rules/editions.hpp"

#include <algorithm>

#include <peercert/error.hpp>

namespace peercert::rules {

namespace {

DayRange days_of(const Edition& edition) {
    return {edition.in_force_from.is_stated() ? std::optional(edition.in_force_from.value) : std::nullopt,
            edition.in_force_until};
}

std::string named(const Edition& edition) { return edition.code + " " + edition.edition; }

/// One took the place of the other on a day that nobody found.
bool nobody_knows_which(const Edition& one, const Edition& other) {
    const auto replaces = [](const Edition& newer, const Edition& older) {
        return newer.replaces == older.edition && (older.in_force_until_unknown || !newer.in_force_from.is_stated());
    };
    return replaces(one, other) || replaces(other, one);
}

std::string event_of(const Edition& edition) { return edition.chosen_by.empty() ? "asked" : edition.chosen_by; }

} // namespace

Selected select_edition(std::span<const Edition* const> editions, const EventDays& days) {
    Selected selected;
    for (const Edition* edition : editions) {
        const auto day = days.find(event_of(*edition));
        if (day == days.end())
            throw Error(ErrorCode::invalid_input, named(*edition) + " is chosen by the day of \"" + event_of(*edition) +
                                                      "\", which is not known; give that day");
        if (!days_of(*edition).contains(day->second))
            continue;
        if (selected.edition != nullptr && nobody_knows_which(*selected.edition, *edition)) {
            const bool is_newer = edition->replaces == selected.edition->edition;
            selected.undecided =
                is_newer ? std::vector{selected.edition, edition} : std::vector{edition, selected.edition};
            continue;
        }
        if (selected.edition != nullptr)
            throw Error(ErrorCode::conflict, named(*selected.edition) + " and " + named(*edition) + " both claim " +
                                                 to_text(day->second) + "; end one of them before the other begins");
        selected = {edition, event_of(*edition), day->second};
    }
    if (selected.edition == nullptr) {
        std::string which =
            editions.empty() ? std::string("no edition is known") : "no edition of " + editions.front()->code;
        std::string on;
        if (!editions.empty()) {
            const std::string event = event_of(*editions.front());
            on = " is in force on " + to_text(days.find(event)->second) + ", the day of \"" + event + "\"";
        }
        throw Error(ErrorCode::not_found, which + on);
    }
    return selected;
}

Selected choose_edition(std::span<const Edition* const> editions, const EventDays& days, std::string_view wanted) {
    Selected selected = select_edition(editions, days);
    if (wanted.empty()) {
        if (selected.undecided.empty())
            return selected;
        throw Error(ErrorCode::invalid_input, "nobody found on which day " + named(*selected.undecided.front()) +
                                                  " and " + named(*selected.undecided.back()) +
                                                  " changed places; say which of them applies: --edition \"" +
                                                  selected.undecided.front()->edition + "\" or --edition \"" +
                                                  selected.undecided.back()->edition + "\"");
    }
    for (const Edition* one : selected.undecided)
        if (one->edition == wanted) {
            selected.edition = one;
            selected.undecided.clear();
            return selected;
        }
    if (selected.edition->edition == wanted)
        return selected;
    const Edition& newer = *selected.edition;
    if (newer.replaces == wanted && newer.may_choose_older_until && selected.day <= *newer.may_choose_older_until)
        for (const Edition* one : editions)
            if (one->edition == wanted) {
                selected.edition = one;
                selected.by_choice = true;
                return selected;
            }
    throw Error(ErrorCode::conflict,
                named(newer) + " applies, chosen by the day of \"" + selected.event + "\", " + to_text(selected.day) +
                    (newer.replaces == wanted && newer.may_choose_older_until
                         ? "; the edition before it could be chosen until " + to_text(*newer.may_choose_older_until)
                         : "; another edition cannot be chosen for that day"));
}

std::vector<std::string> edition_conflicts(std::span<const Edition* const> editions) {
    std::vector<std::string> conflicts;
    std::vector<const Edition*> sorted(editions.begin(), editions.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const Edition* a, const Edition* b) {
        const auto from_a = days_of(*a).first;
        const auto from_b = days_of(*b).first;
        return from_b && (!from_a || *from_a < *from_b);
    });
    for (std::size_t at = 0; at + 1 < sorted.size(); ++at) {
        const Edition& one = *sorted[at];
        const Edition& next = *sorted[at + 1];
        if (event_of(one) != event_of(next))
            continue; // different events may lie on different days: neither gap nor overlap can be seen from here
        if (nobody_knows_which(one, next))
            continue; // a gap in what is known, and told as one
        const auto until = days_of(one).last;
        const auto from = days_of(next).first;
        if (!until || !from || *until >= *from)
            conflicts.push_back(
                named(one) + " and " + named(next) + " overlap" +
                (from ? " from " + to_text(*from) + " on" : std::string(": neither says when it begins")));
        else if (add_days(*until, 1) != *from)
            conflicts.push_back("between " + named(one) + " and " + named(next) + " no edition is in force from " +
                                to_text(add_days(*until, 1)) + " until " + to_text(add_days(*from, -1)));
    }
    return conflicts;
}

} // namespace peercert::rules
