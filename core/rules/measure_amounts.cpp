#include "rules/measuring.hpp"

namespace peercert::rules {

void Measuring::count_codes() {
    auto& seen = judging_.state.seen;
    for (const bool pending : {false, true}) {
        for (const Share& share : shares_)
            if ((share.look.take == Look::Take::possible) == pending &&
                std::find(seen.begin(), seen.end(), share.row->code) == seen.end()) {
                seen.push_back(share.row->code);
                ++high_;
                low_ += pending ? 0 : 1;
            }
    }
}

void Measuring::add_up() {
    if (node_.pieces.empty()) {
        for (const Share& share : shares_) {
            high_ += share.amount;
            low_ += share.look.take == Look::Take::settled ? share.amount : 0;
        }
        return;
    }
    for (std::size_t number = 0; number < node_.pieces.size(); ++number) {
        const Piece& piece = node_.pieces[number];
        if (piece.fact != Symbol::none) {
            const Bits bits = judging_.fact(piece.fact, piece.filter, piece.held_for, Absence::unmet, nullptr);
            low_ += bits == met_bits ? piece.worth : 0;
            high_ += (bits & met_bits) != 0 ? piece.worth : 0;
            if (note_ != nullptr && bits == met_bits)
                note_->anchors.push_back({"counted as " + judging_.text(piece.fact), judging_.situation.as_of});
            continue;
        }
        std::int64_t low = 0;
        std::int64_t high = 0;
        for (const Share& share : shares_)
            if (share.piece == number) {
                high += share.amount;
                low += share.look.take == Look::Take::settled ? share.amount : 0;
            }
        low_ += std::min(low, piece.at_most);
        high_ += std::min(high, piece.at_most);
    }
}

void Measuring::list_used() {
    std::vector<std::int64_t> left;
    for (const Piece& piece : node_.pieces)
        left.push_back(piece.at_most);
    for (const Share& share : shares_) {
        if (share.look.take == Look::Take::possible) {
            refuse(*share.row, share.amount, share.look.reason, {});
            continue;
        }
        std::int64_t counted = share.amount;
        if (share.piece != none) {
            counted = std::min(counted, left[share.piece]);
            left[share.piece] -= counted;
        }
        std::string part = share.piece == none ? std::string() : rule_.adds_up_from[share.piece].name;
        if (counted > 0 || share.amount == 0)
            note_->used.push_back({share.row->entry->id, counted, share.full, part});
        if (counted < share.amount)
            refuse(*share.row, share.amount - counted, RefusalReason::over_cap, std::move(part));
    }
}

Bits Measuring::with_topics_on_top(std::int64_t low, std::int64_t high) {
    const std::int64_t need = scaled(*rule_.bound.at_least);
    std::int64_t surely = 0;
    std::int64_t perhaps = 0;
    Knowing knowing = Knowing::stated;
    for (const OnTop& link : node_.on_top) {
        const auto& topic = std::get<MeasureNode>(judging_.program.nodes[link.topic].body);
        Bits asked = met_bits;
        if (link.condition != none) {
            // Only a plain fact can be asked out of turn; anything else is taken as possible.
            const Node& condition = judging_.program.nodes[link.condition];
            asked = std::holds_alternative<HasNode>(condition.body) ? judging_.leaf(condition, nullptr) : open_bits;
        }
        if ((asked & met_bits) == 0)
            continue;
        std::int64_t hours = 0;
        for (const Share& share : shares_)
            if (judging_.look(topic.filter, *share.row, true).take != Look::Take::refused)
                hours += share.amount;
        hours = std::min(hours, *topic.rule->bound.at_least);
        if (topic.rule->counts_in_total->is_stated() && asked == met_bits) {
            surely += hours;
        } else {
            perhaps += hours;
            knowing = topic.rule->counts_in_total->knowing;
        }
    }
    const Bits best = reaches(low - surely, high - surely, need);
    const Bits worst = reaches(low - surely - perhaps, high - surely - perhaps, need);
    if (best != worst)
        because_ = knowing == Knowing::unknown ? "unknown" : "nothing said";
    return static_cast<Bits>(best | worst);
}

Bits Measuring::compare(std::int64_t low, std::int64_t high) {
    Bits bits = skipped_bits;
    if (rule_.bound.at_least)
        bits = both(bits, with_topics_on_top(low, high));
    if (rule_.bound.at_most)
        bits = both(bits, stays_within(low, high, *rule_.bound.at_most));
    if (note_ != nullptr) {
        note_->have = low;
        note_->have_most = high;
        tell_unit(*note_);
        if (rule_.bound.at_least)
            note_->need = scaled(*rule_.bound.at_least);
        else
            note_->need = rule_.bound.at_most;
        note_->need_is_limit = !rule_.bound.at_least;
        if (rule_.bound.at_least && low < *note_->need && note_->next.kind == NextStep::Kind::nothing) {
            note_->next.kind = high >= *note_->need ? NextStep::Kind::confirm : NextStep::Kind::add_amount;
            note_->next.what = note_->clause;
            note_->next.amount = *note_->need - low;
            note_->next.unit = rule_.bound.unit;
        }
        if (!settled(bits))
            note_->open_because = because_.empty() ? why_open() : because_;
    }
    return bits;
}

/// Amounts of the whole and of its parts are told in the unit that the rule is written in.
void Measuring::tell_unit(Finding& finding) const {
    finding.unit = rule_.bound.unit;
    if (rule_.own_unit_size > 0) {
        finding.own_unit = rule_.own_unit;
        finding.own_unit_size = rule_.own_unit_size;
    }
}

std::int64_t Measuring::scaled(std::int64_t need) const {
    const std::int64_t below = factor_.below * prorated_.below;
    return (need * factor_.above * prorated_.above + below - 1) / below;
}

std::int64_t Measuring::scaled_cap(std::int64_t cap) const {
    return cap == no_cap ? cap : cap * factor_.above / factor_.below;
}

std::string Measuring::why_open() const {
    for (const Share& share : shares_)
        if (share.look.take == Look::Take::possible && share.look.reason == RefusalReason::spans_edge)
            return "split it";
    for (const Share& share : shares_)
        if (share.look.take == Look::Take::possible && share.look.reason == RefusalReason::day_not_known)
            return "unknown";
    return "pending";
}

} // namespace peercert::rules
