#include "rules/leading.hpp"

#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "rules/judging.hpp"

namespace peercert::rules {

namespace {

const Format& format_of(const Edition& edition, std::string_view name) {
    if (const Format* format = edition.format(name))
        return *format;
    std::vector<std::string_view> known;
    for (const Format& one : edition.formats)
        known.push_back(one.name);
    const std::string near = nearest(name, known);
    throw Error(ErrorCode::not_found, edition.code + " " + edition.edition + " has no group \"" + std::string(name) +
                                          "\"" + (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
}

/// Which slots a leader fills, or would fill if what is open about their level turns out well.
struct Candidate {
    std::vector<std::size_t> slots;
    std::vector<std::size_t> perhaps;
    LeaderAnswer answer;
};

class Leading {
public:
    Leading(const Program& program, const Format& format, Date day) : program_(program), format_(format), day_(day) {}

    Candidate look_at(const Record& record) {
        Candidate candidate;
        const Situation when{.as_of = day_};
        std::optional<Verdict> best;
        for (const Level& level : program_.edition().levels) {
            const Symbol word = program_.compiled().words->find(level.name);
            const bool holds = std::any_of(record.holdings.begin(), record.holdings.end(), [&](const Holding& holding) {
                return holding.track == program_.compiled().track && holding.in_force(day_, word) != nullptr;
            });
            if (!holds)
                continue;
            const Finding finding = explain(program_, program_.level(level.name), record, when, room_);
            bool leads = false;
            for (std::size_t slot = 0; slot < format_.led_by.size(); ++slot)
                if (std::find(format_.led_by[slot].begin(), format_.led_by[slot].end(), level.name) !=
                    format_.led_by[slot].end()) {
                    leads = true;
                    if (finding.verdict.passes())
                        candidate.slots.push_back(slot);
                    if (!finding.verdict.is_unmet())
                        candidate.perhaps.push_back(slot);
                }
            // Levels are listed from lowest to highest; one that leads tells more than one that does not.
            const bool better = !best || (leads && (finding.verdict.passes() || !best->passes())) ||
                                (candidate.slots.empty() && (leads || candidate.perhaps.empty()));
            if (!better)
                continue;
            best = finding.verdict;
            candidate.answer.level = level.name;
            candidate.answer.current = finding.verdict.passes();
            candidate.answer.why_not = leads ? std::string() : level.why_not;
            candidate.answer.finding = finding;
            if (!leads)
                candidate.answer.finding.verdict = Verdict::unmet();
        }
        if (candidate.answer.level.empty()) {
            candidate.answer.finding.clause = "leader";
            candidate.answer.finding.kind = "level";
            candidate.answer.finding.next.kind = NextStep::Kind::do_it;
            if (!format_.led_by.empty())
                candidate.answer.finding.next.what = format_.led_by.front().front();
        }
        return candidate;
    }

private:
    const Program& program_;
    const Format& format_;
    Date day_;
    Workspace room_;
};

/// Gives the slot to a leader, moving others when need be.
bool fill(std::size_t slot, std::vector<std::size_t> Candidate::*could, std::vector<Candidate>& people,
          std::vector<bool>& tried) {
    for (std::size_t who = 0; who < people.size(); ++who) {
        const auto& slots = people[who].*could;
        if (tried[who] || std::find(slots.begin(), slots.end(), slot) == slots.end())
            continue;
        tried[who] = true;
        if (!people[who].answer.slot || fill(*people[who].answer.slot, could, people, tried)) {
            people[who].answer.slot = slot;
            return true;
        }
    }
    return false;
}

/// The slots that nobody fills when as many as possible are filled.
std::vector<std::vector<std::string>> unfilled(const Format& format, std::vector<std::size_t> Candidate::*could,
                                               std::vector<Candidate>& people) {
    for (Candidate& one : people)
        one.answer.slot.reset();
    for (std::size_t slot = 0; slot < format.led_by.size(); ++slot) {
        std::vector<bool> tried(people.size(), false);
        fill(slot, could, people, tried);
    }
    std::vector<std::vector<std::string>> left;
    for (std::size_t slot = 0; slot < format.led_by.size(); ++slot)
        if (std::none_of(people.begin(), people.end(),
                         [slot](const Candidate& one) { return one.answer.slot == slot; }))
            left.push_back(format.led_by[slot]);
    return left;
}

Finding size_finding(const Format& format, int people) {
    Finding size;
    size.clause = "size";
    size.kind = "size";
    size.unit = Unit::count;
    size.have = size.have_most = people;
    const bool too_few = format.size->at_least && people < *format.size->at_least;
    const bool too_many = format.size->at_most && people > *format.size->at_most;
    size.verdict = too_few || too_many ? Verdict::unmet() : Verdict::met();
    size.need_is_limit = too_many || !format.size->at_least;
    size.need = size.need_is_limit ? format.size->at_most : format.size->at_least;
    if (too_few)
        size.next = {NextStep::Kind::add_amount, "people", *format.size->at_least - people, Unit::count, std::nullopt};
    return size;
}

/// Everybody who leads counts, whatever slot they fill.
Finding ratio_finding(const Format& format, int people, int leaders) {
    const int each = *format.learners_for_each_leader;
    Finding ratio;
    ratio.clause = "learners for each leader";
    ratio.kind = "learners for each leader";
    ratio.unit = Unit::count;
    ratio.have = ratio.have_most = people;
    ratio.need = static_cast<std::int64_t>(each) * leaders;
    ratio.need_is_limit = true;
    ratio.verdict = people <= *ratio.need ? Verdict::met() : Verdict::unmet();
    if (!ratio.verdict.is_met())
        ratio.next = {NextStep::Kind::add_amount, "leaders", (people + each - 1) / each - leaders, Unit::count,
                      std::nullopt};
    return ratio;
}

} // namespace

LeadingAnswer lead(const Program& program, std::string_view format_name, std::span<const Record* const> leaders,
                   std::optional<int> people, Date day) {
    const Format& format = format_of(program.edition(), format_name);
    LeadingAnswer answer;
    Finding led;
    led.clause = "leaders";
    led.kind = "led by";
    led.unit = Unit::count;
    if (format.led_by.empty()) {
        // "anyone the author invites": no credential is asked of a leader.
        led.verdict = leaders.empty() ? Verdict::unmet() : Verdict::met();
        led.note = format.led_by_invitation;
        led.have = static_cast<std::int64_t>(leaders.size());
        answer.leaders.resize(leaders.size());
        for (LeaderAnswer& one : answer.leaders) {
            one.current = true;
            one.finding.clause = "leader";
            one.finding.verdict = Verdict::met();
        }
    } else {
        Leading leading(program, format, day);
        std::vector<Candidate> candidates;
        for (const Record* leader : leaders)
            candidates.push_back(leading.look_at(*leader));
        // Somebody named as leader who may not lead at all makes the session unlike what the curriculum asks.
        const auto everybody = [&](std::vector<std::size_t> Candidate::*could) {
            if (format.others_may_lead_along)
                return true;
            return std::none_of(candidates.begin(), candidates.end(),
                                [could](const Candidate& one) { return (one.*could).empty(); });
        };
        const bool could_be =
            unfilled(format, &Candidate::perhaps, candidates).empty() && everybody(&Candidate::perhaps);
        answer.unfilled = unfilled(format, &Candidate::slots, candidates);
        const bool is_so = answer.unfilled.empty() && everybody(&Candidate::slots);
        const auto filled = static_cast<std::int64_t>(format.led_by.size() - answer.unfilled.size());
        for (Candidate& one : candidates) {
            led.parts.push_back(one.answer.finding);
            if (!one.answer.why_not.empty())
                led.parts.back().note = one.answer.why_not;
            answer.leaders.push_back(std::move(one.answer));
        }
        led.have = led.have_most = filled;
        led.need = static_cast<std::int64_t>(format.led_by.size());
        led.verdict = is_so ? Verdict::met() : could_be ? Verdict::open() : Verdict::unmet();
        if (could_be && !is_so) {
            for (const Finding& part : led.parts)
                if (!part.verdict.is_settled()) {
                    led.next = part.next;
                    led.open_because = part.open_because;
                    break;
                }
        } else if (!answer.unfilled.empty()) {
            std::string levels;
            for (const std::string& level : answer.unfilled.front())
                levels += (levels.empty() ? "" : " or ") + level;
            led.next = {NextStep::Kind::add_amount, levels, static_cast<std::int64_t>(answer.unfilled.size()),
                        Unit::count, std::nullopt};
        }
    }
    answer.finding.clause = "to lead " + format.name;
    answer.finding.kind = "all of";
    Bits bits = led.verdict.bits();
    answer.finding.next = led.next;
    answer.finding.open_because = led.open_because;
    answer.finding.parts.push_back(std::move(led));
    const auto add = [&](Finding part) {
        bits = both(bits, part.verdict.bits());
        if (answer.finding.next.kind == NextStep::Kind::nothing)
            answer.finding.next = part.next;
        answer.finding.parts.push_back(std::move(part));
    };
    if (people && format.size)
        add(size_finding(format, *people));
    if (people && format.learners_for_each_leader)
        add(ratio_finding(format, *people, static_cast<int>(leaders.size())));
    answer.verdict = answer.finding.verdict = Verdict::of(bits);
    return answer;
}

} // namespace peercert::rules
