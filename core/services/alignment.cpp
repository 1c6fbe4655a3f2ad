#include "services/alignment.hpp"

#include <algorithm>

namespace peercert::services {

namespace {

Record with_term(Record record, Symbol track, Symbol level, const rules::PresentTerm& term) {
    auto held = std::find_if(record.holdings.begin(), record.holdings.end(),
                             [track](const Holding& one) { return one.track == track; });
    if (held == record.holdings.end()) {
        record.holdings.push_back({track, {}, {}});
        held = record.holdings.end() - 1;
    }
    held->terms.push_back({term.number, level, term.first, term.last, std::nullopt});
    return record;
}

/// The newest term of the row among those that the record holds.
const domain::Term* newest_on_record(const domain::CredentialRecord& credential, const Holding& holding) {
    for (auto term = credential.terms.rbegin(); term != credential.terms.rend(); ++term)
        if (term->place != domain::TermPlace::beside &&
            std::any_of(holding.terms.begin(), holding.terms.end(),
                        [&](const HeldTerm& held) { return held.number == term->n; }))
            return &*term;
    return nullptr;
}

} // namespace

std::vector<MovedTerm> moved_by(storage::UnitOfWork& work, const Rulebook& rulebook, PersonId person,
                                const Record& record, const rules::Program& issued, const std::string& level,
                                const rules::PresentTerm& term, Date issued_on) {
    std::vector<MovedTerm> moved;
    if (record.holdings.empty())
        return moved;
    Vocabulary& words = rulebook.words();
    const Symbol track = words.intern(issued.edition().code);
    const Record then = with_term(record, track, words.intern(level), term);
    for (const Holding& holding : record.holdings) {
        if (holding.track == track)
            continue;
        const auto credential = work.credentials.find(person, words.text(holding.track));
        const domain::Term* newest = credential ? newest_on_record(*credential, holding) : nullptr;
        if (newest == nullptr)
            continue;
        const auto program = rulebook.edition(work, credential->credential.track, newest->edition);
        const Level* of = program->edition().level(newest->level);
        if (of == nullptr || !of->lasts)
            continue;
        const auto& follows = of->lasts->aligned_with;
        if (std::find(follows.begin(), follows.end(), issued.edition().code) == follows.end())
            continue;
        const auto becomes =
            rules::aligned_term(*program, newest->level, then, {.as_of = issued_on, .issue = issued_on});
        if (!becomes || newest->first_day >= becomes->first)
            continue;
        moved.push_back({credential->credential.id,
                         credential->credential.number.str(),
                         credential->credential.track,
                         newest->level,
                         program,
                         {newest->n, newest->first_day, newest->last_day},
                         *becomes,
                         rules::certifications_followed(*program, newest->level, then, issued_on)});
    }
    return moved;
}

void explain_moved(Finding& finding, const std::vector<MovedTerm>& moved) {
    for (const MovedTerm& one : moved) {
        Finding part;
        part.clause = one.track + " " + one.level;
        part.kind = "aligned term";
        part.verdict = Verdict::met();
        if (one.was.last)
            part.anchors.push_back({"last day before", *one.was.last});
        part.anchors.push_back({"moved on", one.becomes.first});
        if (one.becomes.last)
            part.anchors.push_back({"last day now", *one.becomes.last});
        for (const AnchorDay& certified : one.certified)
            part.anchors.push_back({"certified, " + certified.name, certified.day});
        finding.parts.push_back(std::move(part));
    }
}

} // namespace peercert::services
