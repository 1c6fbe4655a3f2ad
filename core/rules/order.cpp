#include <algorithm>

#include "rules/reasons.hpp"

/// Things that have to follow each other.
namespace peercert::rules {

namespace {

/// Looks for a choice of days that keeps the order, part by part and as early as possible: if any choice does, this
/// one does.
class Order {
public:
    Order(Judging& judging, bool with_possible) : judging_(judging), with_possible_(with_possible) {}

    /// The first day, from `from` on, on which the part is there.
    std::optional<Day> earliest(std::uint32_t node, Day from) const {
        return std::visit([&](const auto& body) { return of(body, from); }, judging_.program.nodes[node].body);
    }

private:
    bool counts(const Look& seen) const {
        return seen.take == Look::Take::settled || (with_possible_ && seen.take == Look::Take::possible);
    }

    std::optional<Day> of(const HasNode& node, Day from) const {
        Day latest = first_day;
        for (const Symbol code : node.codes) {
            std::optional<Day> day;
            for (const Row& row : judging_.rows(node.rule->kind))
                if (row.code == code && row.last >= from && (!day || row.last < *day) &&
                    counts(judging_.look(node.filter, row, false)))
                    day = row.last;
            if (!day)
                return std::nullopt;
            latest = std::max(latest, *day);
        }
        return latest;
    }
    std::optional<Day> of(const PassedNode& node, Day from) const {
        if (node.rule->together) {
            const auto day = judging_.together_day(*node.rule);
            return day && *day >= from ? day : std::nullopt;
        }
        Day latest = first_day;
        for (const Symbol part : node.parts) {
            std::optional<Day> day;
            for (const Row& row : judging_.rows(EntryKind::exam)) {
                if (row.code != part || row.last < from || (day && *day <= row.last))
                    continue;
                Row marked = row;
                marked.result = judging_.marked_by(row, *node.rule);
                if (counts(judging_.look(node.filter, marked, false)))
                    day = row.last;
            }
            if (!day)
                return std::nullopt;
            latest = std::max(latest, *day);
        }
        return latest;
    }
    std::optional<Day> of(const DecisionNode& node, Day from) const {
        const Row* latest = nullptr;
        for (const Row& row : judging_.rows(EntryKind::decision))
            if (row.code == node.clause && row.last <= judging_.as_of)
                latest = &row;
        const bool approved = latest != nullptr && latest->result == EntryResult::approved;
        const bool undecided = latest == nullptr || latest->result != EntryResult::refused;
        if (approved)
            return latest->last >= from ? std::optional(latest->last) : std::nullopt;
        return with_possible_ && undecided ? std::optional(std::max(from, judging_.as_of)) : std::nullopt;
    }
    std::optional<Day> of(const HappenedNode& node, Day from) const {
        const auto day = judging_.day_of(node.day);
        return day && *day >= from && *day <= judging_.as_of ? day : std::nullopt;
    }
    std::optional<Day> of(const GroupNode& node, Day from) const {
        std::optional<Day> best;
        for (const std::uint32_t part : judging_.parts(node.parts))
            if (const auto day = earliest(part, from); day && (!best || *day < *best))
                best = day;
        return best;
    }
    template <class Other>
    std::optional<Day> of(const Other&, Day) const {
        return std::nullopt; // the compiler let nothing else in
    }

    Judging& judging_;
    bool with_possible_;
};

} // namespace

Bits Judging::in_order(const InOrderNode& node, Finding* note) {
    struct Try {
        bool kept{true};
        std::uint32_t late{none}; ///< the part that has no day in order
        std::vector<Day> days;
    };
    const auto attempt = [&](bool with_possible, bool same_day) {
        const Order order(*this, with_possible);
        Try made;
        Day from = first_day;
        for (const std::uint32_t part : parts(node.parts)) {
            const auto day = order.earliest(part, from);
            if (!day) {
                made.kept = false;
                made.late = part;
                return made;
            }
            made.days.push_back(*day);
            from = same_day ? *day : *day + 1;
        }
        return made;
    };
    const Stated<bool>& same_day = node.rule->same_day;
    const Try surely = attempt(false, same_day.is_stated() && same_day.value);
    const Try perhaps = attempt(true, !same_day.is_stated() || same_day.value);
    const Try& told = surely.kept ? surely : perhaps;
    if (note != nullptr)
        for (std::size_t at = 0; at < told.days.size(); ++at)
            note->anchors.push_back({program.nodes[parts(node.parts)[at]].clause->name, to_date(told.days[at])});
    if (surely.kept)
        return met_bits;
    if (!perhaps.kept) {
        ask(note, NextStep::Kind::do_it, program.nodes[perhaps.late].clause->name);
        return unmet_bits;
    }
    if (same_day.is_open() && attempt(false, true).kept) {
        open_for(note, not_known(same_day.knowing));
        if (note != nullptr)
            ask(note, NextStep::Kind::decision, note->clause);
    } else {
        open_for(note, "pending");
        ask(note, NextStep::Kind::confirm, program.nodes[surely.late].clause->name);
    }
    return open_bits;
}

Bits Judging::happened(const HappenedNode& node, Finding* note) {
    if (note != nullptr)
        note_day(node.day, "day", *note);
    const auto day = day_of(node.day);
    return day && *day <= as_of ? met_bits : unmet_bits;
}

} // namespace peercert::rules
