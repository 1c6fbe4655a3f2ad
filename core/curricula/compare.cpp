#include "curricula/compare.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"
#include "curricula/phrases.hpp"

namespace peercert::curricula {

namespace {

using What = RuleChange::What;

/// One thing that an edition says.
struct Statement {
    std::string section;
    std::string key;  ///< names that lead to it, and which of several with that name
    std::string name; ///< as people call it
    std::string sentence;
    std::string place;
    const Requirement* clause{nullptr};
};

class Sayings {
public:
    explicit Sayings(const Edition& edition) {
        each_clause(edition, [&](const Requirement& clause) { clauses_.emplace(clause.place + clause.name, &clause); });
        for (const Titled& one : edition.titles)
            add("titles", {}, one.called + days_text(one.dated));
        add("in force", {}, in_force_sentence(edition));
        for (const Level& one : edition.levels)
            lines("level " + one.name, explain(one));
        for (const Step& one : edition.steps)
            lines(step_name(one), explain(edition, one));
        lines("after expiry", explain_after_expiry(edition));
        for (const Requirement& one : edition.meanings)
            lines("meaning " + one.name, explain(one));
        for (const Purpose& one : edition.purposes)
            lines("may " + one.name, explain(one));
        for (const Format& one : edition.formats)
            lines("group " + one.name, explain(one));
        for (const ExceptionRule& one : edition.exceptions)
            lines("exception " + one.name, explain(one));
        lines("sign off", explain_sign_off(edition));
        for (const Competency& one : edition.competencies)
            add("competencies", one.code, one.label);
    }

    const std::vector<Statement>& all() const { return all_; }

private:
    static std::string days_text(const DayRange& days) {
        return (days.first ? " from " + peercert::to_text(*days.first) : std::string()) +
               (days.last ? " until " + peercert::to_text(*days.last) : std::string());
    }

    void add(const std::string& section, const std::string& name, const std::string& sentence,
             const std::string& place = {}, const Requirement* clause = nullptr, const std::string& path = {}) {
        std::string key = section + "\n" + path + "\n" + name;
        const int which = ++seen_[key];
        all_.push_back({section, key + "\n" + std::to_string(which), name, sentence, place, clause});
    }

    void lines(const std::string& section, const std::vector<ExplainedLine>& explained) {
        std::vector<std::string> path;
        for (const ExplainedLine& line : explained) {
            const Requirement* clause = clause_of(line);
            const std::string name = !line.name.empty() ? line.name : clause != nullptr ? clause->name : std::string();
            path.resize(std::min(path.size(), static_cast<std::size_t>(std::max(line.depth, 0))));
            std::string leads;
            for (const std::string& one : path)
                leads += one + "\t";
            if (!line.sentence.empty())
                add(section, name, line.sentence, line.place, clause, leads);
            path.push_back(name);
        }
    }

    const Requirement* clause_of(const ExplainedLine& line) const {
        if (line.place.empty())
            return nullptr;
        if (const auto exact = clauses_.find(line.place + line.name); exact != clauses_.end())
            return exact->second;
        if (!line.name.empty()) // what a step says of itself stands where its needs begin
            return nullptr;
        const auto found = clauses_.lower_bound(line.place);
        return found != clauses_.end() && found->first.starts_with(line.place) && found->second->place == line.place
                   ? found->second
                   : nullptr;
    }

    std::multimap<std::string, const Requirement*> clauses_; ///< by place and name
    std::map<std::string, int> seen_;
    std::vector<Statement> all_;
};

std::string bound_text(const Bound& bound) { return to_text(bound, bound.unit == Unit::count ? "times" : ""); }

std::string window_words(const std::optional<Window>& window) { return window ? to_text(*window) : "ever"; }

/// Says what differs inside one clause that both editions have.
class Inside {
public:
    Inside(const Statement& before, const Statement& after, std::vector<RuleChange>& changes)
        : before_(before), after_(after), changes_(changes) {}

    void tell() {
        if (before_.clause == nullptr || after_.clause == nullptr)
            return plain();
        Requirement same = *before_.clause;
        if (auto* measure = std::get_if<Measure>(&same.body))
            if (const auto* now = std::get_if<Measure>(&after_.clause->body))
                measure_differs(*measure, *now);
        if (auto* age = std::get_if<AgeRule>(&same.body))
            if (const auto* now = std::get_if<AgeRule>(&after_.clause->body);
                now != nullptr && age->years != now->years) {
                add(What::amount, years_text(age->years), years_text(now->years));
                age->years = now->years;
            }
        if (auto* entries = std::get_if<HasEntries>(&same.body))
            if (const auto* now = std::get_if<HasEntries>(&after_.clause->body))
                window_differs(entries->selection.dated, now->selection.dated);
        if (auto* exam = std::get_if<Passed>(&same.body))
            if (const auto* now = std::get_if<Passed>(&after_.clause->body))
                exam_differs(*exam, *now);
        if (auto* attempts = std::get_if<Attempts>(&same.body))
            if (const auto* now = std::get_if<Attempts>(&after_.clause->body);
                now != nullptr && attempts->at_most.is_stated() && now->at_most.is_stated() &&
                attempts->at_most != now->at_most) {
                add(What::amount, "at most " + counted(attempts->at_most.value, "attempts"),
                    "at most " + counted(now->at_most.value, "attempts"));
                attempts->at_most = now->at_most;
            }
        if (says_more(same))
            plain();
    }

private:
    void add(What what, std::string before, std::string after, std::string detail = {}) {
        changes_.push_back(
            {what, after_.section, after_.name, std::move(detail), std::move(before), std::move(after), after_.place});
    }

    void plain() {
        if (before_.sentence == after_.sentence)
            return;
        const What what = after_.name == "fee" && after_.clause == nullptr     ? What::fee
                          : after_.name == "lasts" && after_.clause == nullptr ? What::term
                                                                               : What::otherwise;
        add(what, before_.sentence, after_.sentence);
    }

    /// Whether the clause still says something else once what was told is taken over. A clause around others is only
    /// asked for its own sentence: the others speak for themselves.
    bool says_more(const Requirement& same) const {
        if (std::holds_alternative<Group>(same.body) || std::holds_alternative<Conditional>(same.body))
            return before_.sentence != after_.sentence;
        return explain(same).front().sentence != after_.sentence;
    }

    static std::string years_text(const Bound& years) { return to_text(years, "years"); }

    void window_differs(std::optional<Window>& before, const std::optional<Window>& after) {
        if (before == after)
            return;
        add(What::dated, window_words(before), window_words(after));
        before = after;
    }

    void exam_differs(Passed& before, const Passed& now) {
        if (before.mark.is_stated() && now.mark.is_stated() &&
            (before.mark != now.mark || before.in_points != now.in_points)) {
            const auto mark_text = [](const Passed& exam) {
                return "at least " +
                       amount_text(exam.mark.value.value, exam.mark.value.unit, exam.in_points ? "points" : "");
            };
            add(What::amount, mark_text(before), mark_text(now));
            before.mark = now.mark;
            before.in_points = now.in_points;
        }
        window_differs(before.selection.dated, now.selection.dated);
    }

    void measure_differs(Measure& before, const Measure& now) {
        if (before.bound != now.bound) {
            add(What::amount, bound_text(before.bound), bound_text(now.bound));
            before.bound = now.bound;
        }
        window_differs(before.selection.dated, now.selection.dated);
        for (const Part& part : now.of_which) {
            const auto old = find_part(before, part.name);
            if (old == before.of_which.end())
                add(What::part_added, {}, bound_text(part.bound), part.name);
            else if (old->bound != part.bound)
                add(What::part, bound_text(old->bound), bound_text(part.bound), part.name);
        }
        for (const Part& part : before.of_which)
            if (std::none_of(now.of_which.begin(), now.of_which.end(),
                             [&](const Part& one) { return one.name == part.name; }))
                add(What::part_removed, bound_text(part.bound), {}, part.name);
        for (Part& part : before.of_which) // told: what else a part says stays to be compared
            for (const Part& one : now.of_which)
                if (one.name == part.name)
                    part.bound = one.bound;
        std::erase_if(before.of_which, [&](const Part& part) {
            return std::none_of(now.of_which.begin(), now.of_which.end(),
                                [&](const Part& one) { return one.name == part.name; });
        });
        for (std::size_t at = 0; at < now.of_which.size(); ++at)
            if (find_part(before, now.of_which[at].name) == before.of_which.end())
                before.of_which.insert(before.of_which.begin() +
                                           static_cast<std::ptrdiff_t>(std::min(at, before.of_which.size())),
                                       now.of_which[at]);
        if (before.of_which.size() == now.of_which.size() && now.of_which.empty()) {
            before.several_parts = now.several_parts;
            before.surplus_in_total = now.surplus_in_total;
        }
    }

    static std::vector<Part>::iterator find_part(Measure& measure, const std::string& name) {
        return std::find_if(measure.of_which.begin(), measure.of_which.end(),
                            [&](const Part& one) { return one.name == name; });
    }

    const Statement& before_;
    const Statement& after_;
    std::vector<RuleChange>& changes_;
};

class Comparing {
public:
    Comparing(const Edition& earlier, const Edition& later) : earlier_(earlier), later_(later) {}

    std::vector<RuleChange> changes() {
        for (const Statement& one : earlier_.all())
            before_.emplace(one.key, &one);
        for (const Statement& one : later_.all())
            after_.emplace(one.key, &one);
        const std::vector<Statement>& now = later_.all();
        for (std::size_t at = 0; at < now.size(); ++at) {
            if (is_first_of_section(now, at) && !has_section(earlier_, now[at].section))
                changes_.push_back({What::section_added, now[at].section, {}, {}, {}, {}, now[at].place});
            statement(now[at]);
            if (at + 1 == now.size() || now[at + 1].section != now[at].section)
                gone(now[at].section);
        }
        std::string last;
        for (const Statement& one : earlier_.all()) {
            if (one.section != last && !has_section(later_, one.section))
                changes_.push_back({What::section_removed, one.section, {}, {}, {}, {}, one.place});
            last = one.section;
        }
        return std::move(changes_);
    }

private:
    static bool has_section(const Sayings& sayings, const std::string& section) {
        return std::any_of(sayings.all().begin(), sayings.all().end(),
                           [&](const Statement& one) { return one.section == section; });
    }

    static bool is_first_of_section(const std::vector<Statement>& all, std::size_t at) {
        return at == 0 || all[at - 1].section != all[at].section;
    }

    void statement(const Statement& one) {
        const auto old = before_.find(one.key);
        if (old != before_.end())
            Inside(*old->second, one, changes_).tell();
        else
            changes_.push_back({What::asked_more, one.section, one.name, {}, {}, one.sentence, one.place});
    }

    void gone(const std::string& section) {
        for (const Statement& one : earlier_.all())
            if (one.section == section && !after_.contains(one.key))
                changes_.push_back({What::asked_less, one.section, one.name, {}, one.sentence, {}, one.place});
    }

    Sayings earlier_, later_;
    std::map<std::string, const Statement*> before_, after_;
    std::vector<RuleChange> changes_;
};

} // namespace

std::vector<RuleChange> compare(const Edition& earlier, const Edition& later) {
    return Comparing(earlier, later).changes();
}

} // namespace peercert::curricula
