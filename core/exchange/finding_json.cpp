#include "exchange/finding_json.hpp"

namespace peercert::exchange {

namespace {

Json day_json(const std::optional<Date>& day) { return day ? Json(to_text(*day)) : Json(); }

Json used_json(const UsedEntry& used) {
    Json json = Json::object();
    json.set("entry", used.entry.value()).set("counted", used.counted).set("of", used.of);
    if (!used.part.empty())
        json.set("part", used.part);
    return json;
}

Json refused_json(const RefusedEntry& refused) {
    Json json = Json::object();
    json.set("entry", refused.entry.value()).set("amount", refused.amount).set("reason", reason_word(refused.reason));
    if (!refused.detail.empty())
        json.set("detail", refused.detail);
    return json;
}

Json next_json(const NextStep& next) {
    Json json = Json::object();
    json.set("step", step_word(next.kind));
    if (!next.what.empty())
        json.set("what", next.what);
    if (next.amount != 0)
        json.set("amount", next.amount).set("unit", unit_word(next.unit));
    if (next.day)
        json.set("day", day_json(next.day));
    return json;
}

template <class T, class Fn>
void set_list(Json& json, std::string_view name, const std::vector<T>& items, Fn&& to_json) {
    if (items.empty())
        return;
    Json list = Json::array();
    for (const T& item : items)
        list.push(to_json(item));
    json.set(name, std::move(list));
}

} // namespace

std::string_view answer_word(Verdict verdict) {
    if (verdict.is_met())
        return "met";
    if (verdict.is_unmet())
        return "not met";
    if (verdict.is_not_applicable())
        return "not applicable";
    return "needs a decision";
}

std::string_view unit_word(Unit unit) {
    switch (unit) {
    case Unit::minutes: return "minutes";
    case Unit::count: return "times";
    case Unit::days: return "days";
    case Unit::months: return "months";
    case Unit::years: return "years";
    case Unit::hundredths: return "hundredths";
    case Unit::cents: return "cents";
    case Unit::none: return "none";
    }
    return "none";
}

std::string_view reason_word(RefusalReason reason) {
    switch (reason) {
    case RefusalReason::before_start: return "before the start";
    case RefusalReason::after_end: return "after the end";
    case RefusalReason::after_asked_day: return "after the asked day";
    case RefusalReason::spans_edge: return "spans the edge";
    case RefusalReason::wrong_category: return "another category";
    case RefusalReason::excluded: return "excluded";
    case RefusalReason::not_at_level: return "not at that level then";
    case RefusalReason::no_authority: return "nobody entitled vouched";
    case RefusalReason::authority_not_held: return "not entitled that day";
    case RefusalReason::over_cap: return "over the cap";
    case RefusalReason::repeated: return "the same again";
    case RefusalReason::pending: return "waiting for approval";
    case RefusalReason::missing_field: return "evidence incomplete";
    case RefusalReason::not_passed: return "without the result that counts";
    case RefusalReason::used_elsewhere: return "used elsewhere";
    case RefusalReason::word_undecided: return "its word is not assigned yet";
    case RefusalReason::not_whole: return "less than a whole unit";
    case RefusalReason::too_short: return "too short";
    case RefusalReason::too_soon: return "too soon after the try before";
    case RefusalReason::day_not_known: return "day not known";
    }
    return "another category";
}

std::string_view step_word(NextStep::Kind kind) {
    switch (kind) {
    case NextStep::Kind::nothing: return "nothing";
    case NextStep::Kind::add_amount: return "add";
    case NextStep::Kind::do_it: return "do";
    case NextStep::Kind::wait_until: return "wait";
    case NextStep::Kind::decision: return "decision";
    case NextStep::Kind::confirm: return "confirm";
    case NextStep::Kind::start_again: return "start again";
    }
    return "nothing";
}

Json finding_json(const Finding& finding) {
    Json json = Json::object();
    json.set("clause", finding.clause).set("kind", finding.kind).set("answer", answer_word(finding.verdict));
    if (finding.have)
        json.set("have", *finding.have);
    if (finding.have_most && finding.have_most != finding.have)
        json.set("have_most", *finding.have_most);
    if (finding.need)
        json.set(finding.need_is_limit ? "limit" : "need", *finding.need);
    if (finding.unit != Unit::none)
        json.set("unit", unit_word(finding.unit));
    if (!finding.own_unit.empty())
        json.set("own_unit", finding.own_unit).set("own_unit_size", finding.own_unit_size);
    set_list(json, "used", finding.used, used_json);
    set_list(json, "refused", finding.refused, refused_json);
    set_list(json, "days", finding.anchors, [](const AnchorDay& anchor) {
        return Json::object().set("name", anchor.name).set("day", to_text(anchor.day));
    });
    if (finding.holds_until)
        json.set("holds_until", day_json(finding.holds_until));
    if (finding.next.kind != NextStep::Kind::nothing)
        json.set("next", next_json(finding.next));
    if (!finding.open_because.empty())
        json.set("open_because", finding.open_because);
    if (finding.source)
        json.set("source", Json::object()
                               .set("mark", finding.source->mark)
                               .set("what", finding.source->what)
                               .set("as_of", finding.source->as_of)
                               .set("confidence", finding.source->confidence));
    if (!finding.note.empty())
        json.set("note", finding.note);
    set_list(json, "parts", finding.parts, finding_json);
    return json;
}

} // namespace peercert::exchange
