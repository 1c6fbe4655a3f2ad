#include "cli/places_shown.hpp"

#include "services/place_order.hpp"

namespace peercert::cli {

namespace {

std::string state_text(const services::PlaceLine& line) {
    switch (line.state) {
    case domain::PlaceState::received: return "asked";
    case domain::PlaceState::waiting: return "waiting";
    case domain::PlaceState::offered: return "offered until " + to_text(*line.until);
    case domain::PlaceState::accepted: return line.moved_on ? "moved on" : "accepted";
    case domain::PlaceState::declined: return "declined";
    case domain::PlaceState::ran_out: return "the offer ran out";
    }
    return "";
}

} // namespace

void print_rules(Output& out, const services::PlaceView& view) {
    out.line({{view.cohort, Look::strong},
              {"  " + std::to_string(view.call.capacity) + " places, " + std::to_string(view.taken) + " taken, " +
               std::to_string(view.offered) + " offered, " + std::to_string(view.free()) + " free"}});
    std::string criteria;
    for (const domain::Criterion& one : view.call.criteria)
        criteria += (criteria.empty() ? "" : ", ") + one.called + " 0 to " + std::to_string(one.most);
    out.facts({{"ask until", {to_text(view.call.closes_on)}},
               {"in order", {std::string(services::order_in_words(view.call.given_by))}},
               {"criteria", {criteria}},
               {"scored by", {view.call.reviewers == 0 ? "" : std::to_string(view.call.reviewers) + " people each"}},
               {"seed", {view.call.seed}},
               {"SHA-256", {view.seed_digest}},
               {"an offer", {"stands for " + std::to_string(view.call.offer_days) + " days"}},
               {"order made", {view.ordered_on ? to_text(*view.ordered_on) : "not yet"}}});
}

void print_places(Output& out, const services::PlaceView& view) {
    print_rules(out, view);
    if (view.lines.empty())
        return;
    out.line();
    const bool points = view.lines.front().points.has_value();
    std::vector<Table::Column> columns{
        {"PLACE", Table::Align::right},  {"NO", Table::Align::right}, {"PERSON"}, {"NAME"}, {"STATE"}, {"SINCE"},
        {"REVIEWS", Table::Align::right}};
    if (points)
        columns.push_back({"POINTS", Table::Align::right});
    Table table(columns);
    for (const auto& line : view.lines) {
        std::vector<Piece> cells{{line.position == 0 ? "" : std::to_string(line.position)},
                                 {std::to_string(line.number)},
                                 {line.person.code.str()},
                                 {line.person.name},
                                 {state_text(line)},
                                 {to_text(line.since)},
                                 {std::to_string(line.reviews)}};
        if (points)
            cells.push_back({line.points ? std::to_string(*line.points) : ""});
        table.add(cells);
    }
    out.table(table);
}

void print_moved(Output& out, const services::PlacesMoved& moved) {
    for (const auto& line : moved.ran_out)
        out.line(moved.cohort + ": the offer to " + line.person.code.str() + "  " + line.person.name + " ran out");
    for (const auto& line : moved.offered)
        out.line(moved.cohort + ": offered to " + line.person.code.str() + "  " + line.person.name + ", place " +
                 std::to_string(line.position) + " in order, until " + to_text(*line.until) +
                 "; tell them, then `peercert place told`");
}

} // namespace peercert::cli
