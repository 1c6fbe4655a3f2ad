#include "rules/measuring.hpp"
#include "rules/reasons.hpp"

/// Amounts counted in pieces, and weeks, months and quarters each of which asks for its own amount.
namespace peercert::rules {

void Measuring::count_providers() {
    auto& seen = judging_.state.seen;
    seen.clear();
    for (const bool pending : {false, true})
        for (const Share& share : shares_) {
            if ((share.look.take == Look::Take::possible) != pending)
                continue;
            if (std::find(seen.begin(), seen.end(), share.row->provider) != seen.end()) {
                refuse(*share.row, 1, RefusalReason::repeated, {});
                continue;
            }
            seen.push_back(share.row->provider);
            ++high_;
            low_ += pending ? 0 : 1;
            if (pending)
                refuse(*share.row, 1, share.look.reason, {});
            else if (note_ != nullptr)
                note_->used.push_back({share.row->entry->id, 1, 1, {}});
        }
}

Bits Measuring::from_many() {
    if (!rule_.from_at_least)
        return skipped_bits;
    auto& seen = judging_.state.seen;
    seen.clear();
    std::int64_t low = 0;
    for (const bool pending : {false, true}) {
        for (const Share& share : shares_)
            if ((share.look.take == Look::Take::possible) == pending && share.amount > 0 &&
                share.row->code != Symbol::none && std::find(seen.begin(), seen.end(), share.row->code) == seen.end())
                seen.push_back(share.row->code);
        if (!pending)
            low = static_cast<std::int64_t>(seen.size());
    }
    const auto high = static_cast<std::int64_t>(seen.size());
    const Bits bits = reaches(low, high, *rule_.from_at_least);
    if (note_ != nullptr) {
        Finding finding;
        finding.clause = "different courses";
        finding.kind = "part";
        finding.unit = Unit::count;
        finding.have = low;
        finding.have_most = high;
        finding.need = *rule_.from_at_least;
        finding.verdict = Verdict::of(bits);
        if (low < *rule_.from_at_least) {
            finding.next = {NextStep::Kind::add_amount, finding.clause, *rule_.from_at_least - low, Unit::count,
                            std::nullopt};
            if (note_->next.kind == NextStep::Kind::nothing)
                note_->next = finding.next;
        }
        if (!settled(bits))
            open_for(note_, why_open());
        note_->parts.push_back(std::move(finding));
    }
    return bits;
}

std::optional<Day> Measuring::start_of_counting(const Days& days) const {
    Day start = days.from;
    if (node_.filter.while_level != Symbol::none) {
        const auto terms = terms_of(judging_.record, judging_.program.track, node_.filter.while_level);
        if (!terms.empty())
            start = std::max(start, to_day(terms.front().first));
    }
    if (start != first_day)
        return start;
    if (shares_.empty())
        return std::nullopt;
    return shares_.front().row->first;
}

Bits Measuring::in_each_piece() {
    const InEach& rule = *rule_.in_each;
    const Stated<bool>& monday = rule.week_begins_on_monday;
    if (rule.piece != InEach::Piece::week || monday.is_stated())
        return in_pieces(monday.value, note_);
    const Bits bits = static_cast<Bits>(in_pieces(true, nullptr) | in_pieces(false, note_));
    if (!settled(bits))
        open_for(note_, not_known(monday.knowing));
    return bits;
}

namespace {

/// How many days after the beginning of its week a day lies.
Day into_week(Day day, bool monday) {
    const Day since = day + (monday ? 3 : 4); // 1 January 1970 was a Thursday
    return ((since % 7) + 7) % 7;
}

} // namespace

Bits Measuring::in_pieces(bool monday, Finding* note) {
    const InEach& rule = *rule_.in_each;
    Days days = own_days_ != nullptr ? *own_days_ : judging_.window(node_.filter.window);
    // Without a time of its own a renewal asks for every piece of its term, whether or not anything is on record.
    if (node_.filter.window == none && own_days_ == nullptr && judging_.goal.level != Symbol::none && judging_.term)
        days = {Days::Kind::there, to_day(judging_.term->first),
                judging_.term->last ? to_day(*judging_.term->last) : last_of_days};
    const auto start = days.kind == Days::Kind::there ? start_of_counting(days) : std::nullopt;
    if (!start)
        return skipped_bits;
    const auto next_piece = [&](Day at) {
        return rule.piece == InEach::Piece::week ? at + 7
                                                 : moved(at, Shift{rule.piece == InEach::Piece::month ? 1 : 3, 0});
    };
    Day first = rule.piece == InEach::Piece::week    ? *start - into_week(*start, monday)
                : rule.piece == InEach::Piece::month ? snapped(Anchor::month_start, *start)
                                                     : snapped(Anchor::quarter_start, *start);
    if (first < *start)
        first = next_piece(first);
    const Day end = std::min(days.until, judging_.as_of);
    Bits answer = skipped_bits;
    for (Day next = next_piece(first); next - 1 <= end; first = next, next = next_piece(first)) {
        if (is_excused(first, next - 1))
            continue;
        std::int64_t low = 0;
        std::int64_t high = 0;
        for (const Share& share : shares_) {
            const Row& row = *share.row;
            const bool whole = first <= (rule.bound.unit == Unit::count ? row.last : row.first) && row.last < next;
            if (row.last < first || (rule.bound.unit == Unit::count ? row.last : row.first) >= next)
                continue;
            const std::int64_t amount = rule.bound.unit == Unit::count           ? 1
                                        : rule_.counter == Measure::Counter::sum ? share.amount
                                                                                 : row.amount;
            high += amount;
            low += whole && share.look.take == Look::Take::settled ? amount : 0;
        }
        Bits bits = met_bits;
        if (rule.bound.at_least)
            bits = both(bits, reaches(low, high, *rule.bound.at_least));
        if (rule.bound.at_most)
            bits = both(bits, stays_within(low, high, *rule.bound.at_most));
        if (note != nullptr && bits != met_bits && both(answer, met_bits) == met_bits) {
            note->anchors.push_back({"not as asked from", to_date(first)});
            note->anchors.push_back({"to", to_date(next - 1)});
            if (!settled(bits)) {
                open_for(note, why_open());
                ask(note, NextStep::Kind::confirm, note->clause);
            } else if (rule.bound.at_least && high < *rule.bound.at_least) {
                note->next = {NextStep::Kind::add_amount, note->clause, *rule.bound.at_least - high, rule.bound.unit,
                              std::nullopt};
            }
        }
        answer = both(answer, bits);
    }
    return answer;
}

bool Measuring::is_excused(Day first, Day last) const {
    if (node_.excuse == Symbol::none)
        return false;
    for (bool grew = true; grew && first <= last;) { // facts on record may follow each other in any order
        grew = false;
        for (const Row& row : judging_.rows(EntryKind::fact))
            if (row.code == node_.excuse && row.result != EntryResult::refused && row.first <= first &&
                row.last >= first) {
                first = row.last + 1;
                grew = true;
            }
    }
    return first > last;
}

} // namespace peercert::rules
