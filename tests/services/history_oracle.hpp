#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

/// What a centre's record says after any history, worked out the simple way: everything is kept in a list and added up
/// again each time. Knows nothing of the program but what a person is told.
namespace peercert::services::history {

inline constexpr int facilitators = 2;
inline constexpr int people = 6; ///< the facilitators first
inline constexpr int sessions = 4;
inline constexpr int session_minutes = 150;

enum class Deed { enrol, leave, attend, sign, practise, correct, withdraw, merge, unmerge, revoke };
inline constexpr int deeds = 10;

/// One thing somebody does; the numbers mean what the deed needs, taken modulo what there is.
struct Act {
    Deed deed{};
    int one{0};   ///< a person, or a line of the ledger
    int other{0}; ///< a second person, who vouches or is merged
    int session{0};
    int minutes{0};
};

inline const char* word(Deed deed) {
    constexpr std::array words{"enrol",   "leave",    "attend", "sign",    "practise",
                               "correct", "withdraw", "merge",  "unmerge", "revoke"};
    return words.at(static_cast<std::size_t>(deed));
}
inline void showValue(const Act& act, std::ostream& out) {
    out << word(act.deed) << '(' << act.one << ", " << act.other << ", session " << act.session + 1 << ", "
        << act.minutes << " min)";
}

/// How it ends: done, nothing to change, an answer "no", or refused for one of these reasons.
enum class End { done, no_change, no, not_found, conflict, invalid, forbidden };
inline const char* word(End end) {
    constexpr std::array words{"done", "no change", "no", "not found", "conflict", "invalid", "forbidden"};
    return words.at(static_cast<std::size_t>(end));
}

struct Line {
    enum class Kind { training, attendance, practice, sign_off } kind{};
    int whose{0};
    int session{-1};
    int minutes{0};
    int by{-1};           ///< who vouched
    int superseded_by{0}; ///< number of a later line
    bool withdrawal{false};
    bool counts() const { return superseded_by == 0 && !withdrawal; }
};

class Oracle {
public:
    Oracle() { into_.fill(-1); }

    /// A line that was there before the history begins.
    void there(int whose) { lines.push_back({.kind = Line::Kind::training, .whose = whose}); }

    int root(int person) const {
        while (into_.at(index(person)) >= 0)
            person = into_.at(index(person));
        return person;
    }
    /// Everybody of that human: the one who was kept, then in order.
    std::vector<int> group(int person) const {
        std::vector<int> all{root(person)};
        for (int one = 0; one < people; ++one)
            if (root(one) == root(person) && one != all.front())
                all.push_back(one);
        return all;
    }
    bool same(int one, int other) const { return root(one) == root(other); }
    bool is_merged(int person) const { return into_.at(index(person)) >= 0; }
    int humans() const {
        int count = 0;
        for (int one = 0; one < people; ++one)
            count += root(one) == one ? 1 : 0;
        return count;
    }

    /// Numbers of the lines of that human, and whether each counts.
    std::map<int, bool> ledger(int person) const {
        std::map<int, bool> found;
        for (int number = 1; number <= static_cast<int>(lines.size()); ++number)
            if (same(line(number).whose, person))
                found.emplace(number, line(number).counts());
        return found;
    }
    int minutes_present(int person) const {
        int sum = 0;
        for (const Line& one : lines)
            if (one.kind == Line::Kind::attendance && one.counts() && same(one.whose, person))
                sum += one.minutes;
        return sum;
    }
    struct Place {
        int whose{0};
        bool left{false};
    };
    const std::vector<Place>& places() const { return places_; }
    bool revoked(int facilitator) const { return revoked_.at(index(facilitator)); }

    End act(const Act& act) {
        switch (act.deed) {
        case Deed::enrol: return enrol(act.one);
        case Deed::leave: return leave(act.one);
        case Deed::attend: return attend(act.one, act.session, act.minutes);
        case Deed::sign: return sign(act.one, act.other, act.session);
        case Deed::practise: return practise(act.one, act.other, act.minutes);
        case Deed::correct: return correct(act.one, act.minutes);
        case Deed::withdraw: return withdraw(act.one);
        case Deed::merge: return merge(act.one, act.other);
        case Deed::unmerge: return unmerge(act.one);
        case Deed::revoke: return revoke(act.one);
        }
        return End::no;
    }

    std::vector<Line> lines; ///< number 1 is the first

private:
    static std::size_t index(int at) { return static_cast<std::size_t>(at); }
    Line& line(int number) { return lines.at(index(number - 1)); }
    const Line& line(int number) const { return lines.at(index(number - 1)); }

    Place* place_of(int person) {
        for (const int one : group(person))
            for (Place& place : places_)
                if (place.whose == one)
                    return &place;
        return nullptr;
    }
    int add(Line one) {
        lines.push_back(one);
        return static_cast<int>(lines.size());
    }

    End enrol(int person) {
        if (place_of(person) != nullptr)
            return End::conflict;
        places_.push_back({person, false});
        return End::done;
    }
    End leave(int person) {
        Place* place = place_of(person);
        if (place == nullptr)
            return End::not_found;
        if (place->left)
            return End::conflict;
        place->left = true;
        return End::done;
    }
    /// Number of the line that says how long the human was there: of whoever was kept first.
    int attendance_of(int person, int session) {
        for (const int one : group(person))
            for (int number = 1; number <= static_cast<int>(lines.size()); ++number)
                if (const Line& old = line(number);
                    old.kind == Line::Kind::attendance && old.counts() && old.session == session && old.whose == one)
                    return number;
        return 0;
    }
    End attend(int person, int session, int minutes) {
        const Place* place = place_of(person);
        if (place == nullptr)
            return End::not_found;
        if (minutes > session_minutes)
            return End::invalid;
        const int before = attendance_of(person, session);
        if (before != 0 && line(before).minutes == minutes)
            return End::no_change;
        const int whose = before != 0 ? line(before).whose : place->whose;
        const int number =
            add({.kind = Line::Kind::attendance, .whose = whose, .session = session, .minutes = minutes});
        if (before != 0)
            line(before).superseded_by = number;
        return End::done;
    }
    End sign(int person, int by, int session) {
        const Place* place = place_of(person);
        if (place == nullptr)
            return End::invalid;
        if (same(person, by))
            return End::forbidden;
        bool holds = false, refreshed = false;
        for (int one = 0; one < facilitators; ++one)
            holds = holds || (same(one, by) && !revoked_.at(index(one)));
        for (const Line& one : lines)
            refreshed = refreshed || (one.kind == Line::Kind::training && one.counts() && same(one.whose, by));
        const int present = attendance_of(person, session);
        const bool absent = present != 0 && line(present).minutes == 0;
        if (!holds || !refreshed || absent)
            return End::no;
        (void)add({.kind = Line::Kind::sign_off, .whose = place->whose, .session = session, .by = by});
        return End::done;
    }
    End practise(int person, int by, int minutes) {
        if (minutes == 0)
            return End::invalid;
        if (same(person, by))
            return End::forbidden;
        (void)add({.kind = Line::Kind::practice, .whose = person, .minutes = minutes, .by = by});
        return End::done;
    }
    End correct(int number, int minutes) {
        const Line old = line(number);
        if (old.kind == Line::Kind::sign_off || old.kind == Line::Kind::attendance)
            return End::invalid;
        if (old.kind == Line::Kind::practice && minutes == 0)
            return End::invalid;
        if (old.superseded_by != 0 || old.withdrawal)
            return End::conflict;
        Line better = old;
        better.minutes = minutes;
        line(number).superseded_by = add(better);
        return End::done;
    }
    End withdraw(int number) {
        const Line old = line(number);
        if (old.superseded_by != 0 || old.withdrawal)
            return End::conflict;
        Line withdrawal = old;
        withdrawal.withdrawal = true;
        line(number).superseded_by = add(withdrawal);
        return End::done;
    }
    End merge(int kept, int other) {
        if (is_merged(other))
            return End::conflict;
        if (root(kept) == other)
            return End::invalid;
        into_.at(index(other)) = root(kept);
        return End::done;
    }
    End unmerge(int other) {
        if (!is_merged(other))
            return End::conflict;
        into_.at(index(other)) = -1;
        return End::done;
    }
    End revoke(int facilitator) {
        if (revoked_.at(index(facilitator)))
            return End::conflict;
        revoked_.at(index(facilitator)) = true;
        return End::done;
    }

    std::array<int, people> into_{};
    std::array<bool, facilitators> revoked_{};
    std::vector<Place> places_;
};

} // namespace peercert::services::history
