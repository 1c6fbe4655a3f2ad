#include "services/answer_in_time.hpp"

#include <utility>

#include "rules/editions.hpp"
#include "rules/planning.hpp"

namespace peercert::services {

namespace {

/// A closed day may let the last one be some days later; the goal changes only then.
constexpr int most_closed_days = 10;

/// One stretch of days on which the step is asked for in the same way.
struct Asked {
    Date first{};
    std::optional<Date> last; ///< absent: no other way is in sight
    rules::AskedGoal goal;
    std::string called;
};

class InTime {
public:
    InTime(const rules::Program& program, Step::Verb verb, const std::string& level, const Record& record,
           const rules::Situation& situation)
        : program_(program), verb_(verb), level_(level), record_(record), situation_(situation) {}

    std::vector<Asked> ways() const {
        std::vector<Asked> all{{situation_.as_of, std::nullopt, goal(situation_.as_of), {}}};
        const bool moves = !situation_.applying || *situation_.applying == situation_.as_of;
        const std::optional<HeldTerm> held = all.front().goal.held;
        if (verb_ != Step::Verb::renew || !moves || all.front().goal.ahead || !held)
            return all;
        for (const rules::Stretch& stretch :
             rules::timeline(program_, {held->number, held->first, held->last}, record_)) {
            if (stretch.first <= situation_.as_of || stretch.in_force)
                continue;
            for (int late = 0; late <= most_closed_days; ++late) {
                const Date day = add_days(stretch.first, late);
                if (stretch.last && day > *stretch.last)
                    break;
                const rules::AskedGoal asked = goal(day);
                if (asked.goal == all.back().goal.goal)
                    continue;
                all.back().last = add_days(day, -1);
                all.push_back({day, std::nullopt, asked, stretch.called});
                break;
            }
        }
        return all;
    }

    Finding on(const Asked& way) const {
        return rules::explain(program_, way.goal.goal, record_, way.goal.of(days(way.first)));
    }

    AnswerChange change(const Asked& way) const {
        return {way.first, way.called, rules::fee(program_, verb_, level_, record_, way.goal.of(days(way.first)))};
    }

private:
    rules::AskedGoal goal(Date day) const {
        const rules::Situation when = days(day);
        return rules::goal_on(program_, verb_, level_, record_, day, when.applying.value_or(day));
    }
    rules::Situation days(Date day) const {
        rules::Situation when = situation_;
        if (day == situation_.as_of)
            return when;
        when.as_of = day;
        if (situation_.applying == situation_.as_of)
            when.applying.reset();
        if (situation_.issue == situation_.as_of)
            when.issue.reset();
        return when;
    }

    const rules::Program& program_;
    Step::Verb verb_;
    const std::string& level_;
    const Record& record_;
    const rules::Situation& situation_;
};

bool within(Date day, const Asked& way) { return !way.last || day <= *way.last; }

} // namespace

AnswerInTime answer_in_time(const rules::Program& program, Step::Verb verb, const std::string& level,
                            const Record& record, const rules::Situation& situation, const Finding& today) {
    const InTime time(program, verb, level, record, situation);
    const std::vector<Asked> ways = time.ways();
    AnswerInTime answer;
    if (!today.verdict.passes()) {
        if (!today.verdict.is_unmet())
            return answer; // somebody decides; time alone does not
        for (std::size_t at = 0; at < ways.size() && !answer.met_by_waiting; ++at) {
            const Finding finding = at == 0 ? today : time.on(ways[at]);
            if (finding.verdict.passes())
                answer.met_by_waiting = ways[at].first;
            else if (finding.next.kind == NextStep::Kind::wait_until && finding.next.day &&
                     within(*finding.next.day, ways[at]))
                answer.met_by_waiting = finding.next.day;
        }
        return answer;
    }
    std::optional<Date> last = today.holds_until;
    for (std::size_t at = 0; ways[at].last; ++at) { // the last way has no end of its own
        if (last && *last < *ways[at].last)
            break;
        const Finding next = time.on(ways[at + 1]);
        last = ways[at].last;
        if (!next.verdict.passes())
            break;
        answer.changes.push_back(time.change(ways[at + 1]));
        last = next.holds_until;
    }
    answer.holds_until = last;
    return answer;
}

} // namespace peercert::services
