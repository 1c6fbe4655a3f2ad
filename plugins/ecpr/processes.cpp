#include "processes.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>

namespace peercert::ecpr {

namespace {

struct Wanted {
    std::vector<std::string> shown;
    std::string method;
    std::vector<std::string> observers;
};

Wanted read(const Parameters& parameters) {
    return {parameters.words("shown"), parameters.word("method"), parameters.words("observed by")};
}

std::vector<Symbol> symbols(const std::vector<std::string>& texts, const Vocabulary& words) {
    std::vector<Symbol> found;
    for (const std::string& text : texts)
        if (const Symbol symbol = words.find(text); symbol != Symbol::none)
            found.push_back(symbol);
    return found;
}

struct Judged {
    std::optional<RefusalReason> refused; ///< nothing: it counts
    std::string detail;
};

class Observed {
public:
    Observed(const Wanted& wanted, const JudgingDay& day)
        : wanted_(wanted), day_(day), method_(day.words.find(wanted.method)),
          observers_(symbols(wanted.observers, day.words)) {}

    Judged judge(const Entry& entry) const {
        if (entry.last > day_.as_of)
            return {RefusalReason::after_asked_day, to_text(day_.as_of)};
        if (entry.result != EntryResult::shown && entry.result != EntryResult::pending)
            return {RefusalReason::not_passed, {}};
        if (method_ == Symbol::none || !entry.tags.has(method_))
            return {RefusalReason::wrong_category, wanted_.method};
        if (std::find(observers_.begin(), observers_.end(), entry.authority) == observers_.end())
            return {RefusalReason::no_authority, wanted_.observers.front()};
        if (!entry.authority_held.contains(entry.last))
            return {RefusalReason::authority_not_held, to_text(entry.last)};
        if (entry.result == EntryResult::pending)
            return {RefusalReason::pending, {}};
        return {};
    }

private:
    const Wanted& wanted_;
    const JudgingDay& day_;
    Symbol method_;
    std::vector<Symbol> observers_;
};

/// One process: the first observation that counts, or why none does.
Finding judge_process(const Record& record, Symbol code, const std::string& text, const Observed& observed) {
    Finding part;
    part.clause = text;
    bool pending = false;
    for (const Entry& entry : record.entries) {
        if (entry.kind != EntryKind::sign_off || code == Symbol::none || entry.code != code)
            continue;
        const Judged judged = observed.judge(entry);
        if (!judged.refused) {
            part.verdict = Verdict::met();
            part.used = {{entry.id, 1, 1, text}};
            part.refused.clear();
            return part;
        }
        pending = pending || *judged.refused == RefusalReason::pending;
        part.refused.push_back({entry.id, 1, *judged.refused, judged.detail});
    }
    if (pending) {
        part.verdict = Verdict::open();
        part.open_because = "pending";
    }
    return part;
}

} // namespace

std::string_view Processes::help() const {
    return "each process shown, observed by somebody entitled; shown: [codes], method: word, observed by: authority or "
           "list";
}

Parameters Processes::example() const {
    Parameters given;
    given.named["shown"] = Parameters::list({"ecpr/ECPR.C", "ecpr/ECPR.P", "ecpr/ECPR.R"});
    given.named["method"] = Parameters::of("role play");
    given.named["observed by"] = Parameters::of("ecpr/trainer");
    return given;
}

void Processes::check(const Parameters& parameters) const {
    parameters.only({"shown", "method", "observed by"});
    const Wanted wanted = read(parameters);
    if (std::set<std::string>(wanted.shown.begin(), wanted.shown.end()).size() != wanted.shown.size())
        throw Error(ErrorCode::invalid_input, parameters.at("shown").place + ": \"shown\" names a process twice");
}

Finding Processes::evaluate(const Record& record, const Parameters& parameters, const JudgingDay& day) const {
    const Wanted wanted = read(parameters);
    const Observed observed(wanted, day);
    Finding finding;
    finding.unit = Unit::count;
    finding.need = static_cast<std::int64_t>(wanted.shown.size());
    std::int64_t shown = 0, pending = 0;
    for (const std::string& process : wanted.shown) {
        Finding part = judge_process(record, day.words.find(process), process, observed);
        if (part.verdict.is_met()) {
            ++shown;
            finding.used.insert(finding.used.end(), part.used.begin(), part.used.end());
            continue;
        }
        pending += part.verdict.is_settled() ? 0 : 1;
        finding.refused.insert(finding.refused.end(), part.refused.begin(), part.refused.end());
        if (finding.next.what.empty()) {
            finding.next.kind = part.verdict.is_settled() ? NextStep::Kind::do_it : NextStep::Kind::confirm;
            finding.next.what = process;
        }
        finding.parts.push_back(std::move(part));
    }
    finding.have = shown;
    finding.have_most = shown + pending;
    finding.verdict = shown == finding.need             ? Verdict::met()
                      : shown + pending == finding.need ? Verdict::open()
                                                        : Verdict::unmet();
    if (!finding.verdict.is_settled())
        finding.open_because = "pending";
    return finding;
}

} // namespace peercert::ecpr
