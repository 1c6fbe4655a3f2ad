#include "services/mutation_check.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include <peercert/error.hpp>

#include "services/case_runner.hpp"

namespace peercert::services {

namespace {

using curricula::Case;
using curricula::Excuse;
using curricula::Mutation;
using curricula::Mutations;

enum class Outcome : std::uint8_t { no_change, noticed, survived };

/// Some case comes out otherwise. The one that did moves to the front: it is likely to notice the next change too.
bool noticed(const Edition& edition, std::vector<const Case*>& cases, const curricula::Catalogue& catalogue,
             const Kinds& kinds) {
    CaseRunner runner(catalogue, kinds);
    for (std::size_t at = 0; at < cases.size(); ++at)
        if (!runner.run(edition, *cases[at]).as_expected()) {
            std::rotate(cases.begin(), cases.begin() + static_cast<std::ptrdiff_t>(at),
                        cases.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            return true;
        }
    return false;
}

/// Units and older words also say how the cases are read.
bool changes_how_cases_are_read(const Mutation& mutation) {
    return mutation.where.front() == "units" || mutation.where.front() == "older words";
}

std::vector<const Case*> in_order(const std::vector<Case>& cases) {
    std::vector<const Case*> order;
    for (const Case& one : cases)
        order.push_back(&one);
    return order;
}

std::vector<Outcome> outcomes_of(const Mutations& mutations, const std::vector<Case>& cases,
                                 const curricula::SourceText& case_file, const curricula::Catalogue& catalogue,
                                 const Kinds& kinds, unsigned threads) {
    std::vector<Outcome> outcomes(mutations.all().size(), Outcome::no_change);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        std::vector<const Case*> order = in_order(cases);
        for (std::size_t at = next.fetch_add(1); at < outcomes.size(); at = next.fetch_add(1)) {
            bool seen = false;
            try {
                const auto changed = mutations.with(at);
                if (!changed)
                    continue;
                if (!changes_how_cases_are_read(mutations.all()[at])) {
                    seen = noticed(*changed, order, catalogue, kinds);
                } else {
                    const curricula::ReadCases read = curricula::read_cases(case_file, *changed);
                    std::vector<const Case*> again = in_order(read.cases.cases);
                    seen = has_errors(read.problems) || noticed(*changed, again, catalogue, kinds);
                }
            } catch (const Error&) {
                seen = true; // it can be read and not be judged: nobody would overlook that
            }
            outcomes[at] = seen ? Outcome::noticed : Outcome::survived;
        }
    };
    std::vector<std::thread> others;
    for (unsigned thread = 1; thread < threads; ++thread)
        others.emplace_back(work);
    work();
    for (std::thread& one : others)
        one.join();
    return outcomes;
}

/// The excuse's path is part of the mutation's, in order.
bool leads_to(const std::vector<std::string>& path, const std::vector<std::string>& where) {
    auto at = path.begin();
    for (const std::string& word : where)
        if (at != path.end() && *at == word)
            ++at;
    return at == path.end();
}

bool is_about(const Excuse& excuse, const Mutation& mutation) {
    return excuse.text == mutation.was && leads_to(excuse.in, mutation.where);
}

/// Sorts the survivors into excused and not, and says which excuses are wrong.
class Excuses {
public:
    Excuses(const std::vector<Excuse>& excuses, MutationReport& report) : excuses_(excuses), report_(report) {}

    void apply(const std::vector<Mutation>& all, const std::vector<Mutation>& survivors) {
        std::vector<bool> excused(survivors.size(), false);
        for (const Excuse& excuse : excuses_) {
            if (!is_about_one_text(excuse, all))
                continue;
            std::set<std::string> unused(excuse.becomes.begin(), excuse.becomes.end());
            bool needed = false;
            for (std::size_t at = 0; at < survivors.size(); ++at) {
                const Mutation& one = survivors[at];
                if (!is_about(excuse, one) || (!excuse.becomes.empty() && unused.erase(one.becomes) == 0) ||
                    excused[at])
                    continue;
                needed = excused[at] = true;
                report_.excused.push_back({one, excuse.because});
            }
            if (!needed && unused.empty())
                wrong(excuse, "a case fails however \"" + excuse.text +
                                  "\" changes: this excuse is no longer needed; take it out");
            for (const std::string& text : unused)
                wrong(excuse, "a case fails when \"" + excuse.text + "\" becomes \"" + text +
                                  "\", or that is no change that is tried: take it out of this excuse");
        }
        for (std::size_t at = 0; at < survivors.size(); ++at)
            if (!excused[at])
                report_.survivors.push_back(survivors[at]);
    }

private:
    bool is_about_one_text(const Excuse& excuse, const std::vector<Mutation>& all) {
        std::vector<const Mutation*> places;
        for (const Mutation& one : all)
            if (is_about(excuse, one) && (places.empty() || places.back()->place != one.place))
                places.push_back(&one);
        if (places.empty())
            wrong(excuse, "the edition's file has no \"" + excuse.text + "\"" +
                              (excuse.in.empty() ? "" : " in " + curricula::where_text(excuse.in)) +
                              " that is ever changed");
        if (places.size() > 1)
            wrong(excuse, "\"" + excuse.text + "\" stands in " + curricula::where_text(places[0]->where) + " and in " +
                              curricula::where_text(places[1]->where) + "; say with \"in\" which of them is meant");
        return places.size() == 1;
    }

    void wrong(const Excuse& excuse, std::string sentence) {
        report_.problems.push_back(curricula::problem_at(excuse.place, std::move(sentence)));
    }

    const std::vector<Excuse>& excuses_;
    MutationReport& report_;
};

} // namespace

MutationReport check_mutations(const curricula::Catalogue& catalogue, const Kinds& kinds,
                               const curricula::SourceText& edition_file, const curricula::SourceText& case_file,
                               unsigned threads) {
    MutationReport report;
    curricula::ReadEdition read = curricula::read_edition(edition_file, &kinds, catalogue.bases(edition_file.name));
    if (!read.edition) {
        report.problems = std::move(read.problems);
        return report;
    }
    const curricula::ReadCases cases = curricula::read_cases(case_file, *read.edition);
    if (has_errors(cases.problems)) {
        report.problems = cases.problems;
        return report;
    }
    CaseRunner runner(catalogue, kinds);
    for (const Case& one : cases.cases.cases)
        if (!runner.run(*read.edition, one).as_expected())
            report.problems.push_back(curricula::problem_at(
                one.place, "\"" + one.name + "\" comes out otherwise as the file stands; mend that first"));
    if (has_errors(report.problems))
        return report;
    const Mutations mutations(edition_file, &kinds, catalogue.bases(edition_file.name));
    const std::vector<Outcome> outcomes =
        outcomes_of(mutations, cases.cases.cases, case_file, catalogue, kinds, std::max(threads, 1U));
    std::vector<Mutation> tried, survivors;
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
        if (outcomes[at] != Outcome::no_change)
            tried.push_back(mutations.all()[at]);
        if (outcomes[at] == Outcome::survived)
            survivors.push_back(mutations.all()[at]);
    }
    report.changes = tried.size();
    Excuses(cases.cases.excuses, report).apply(tried, survivors);
    return report;
}

} // namespace peercert::services
