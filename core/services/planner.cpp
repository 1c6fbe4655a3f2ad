#include "services/planner.hpp"

#include <algorithm>
#include <map>

#include <peercert/error.hpp>

#include "services/plan_statements.hpp"

namespace peercert::services {

namespace {

using rules::Plan;

/// What is being planned, and how far it has come: stage after stage on one record.
class Planning {
public:
    Planning(const Rulebook& rulebook, const PlanRequest& request, Record record, std::vector<OfferLine> offers)
        : rulebook_(rulebook), request_(request), record_(std::move(record)), offers_(std::move(offers)) {}

    /// The stages up to this step; empty when there is no such step. Prior levels come first where the rule wants them
    /// and the way without them does not end in a yes.
    std::vector<PlanStage> stages(Step::Verb verb, const std::string& level, Date from, Date by, int depth = 0) {
        const Record before = record_;
        const std::vector<OfferLine> offers = offers_;
        std::vector<PlanStage> direct{stage(verb, level, from, by)};
        if ((direct.back().outcome == Plan::Outcome::found && taken_for_granted(direct) == 0) || depth >= 2)
            return direct;
        const Record after = record_;
        for (const std::string& prior : prior_levels(verb, level, from)) {
            record_ = before;
            offers_ = offers;
            std::vector<PlanStage> way = stages(Step::Verb::become, prior, from, by, depth + 1);
            if (way.back().outcome == Plan::Outcome::not_reached || !way.back().term)
                continue;
            hold(prior, *way.back().term);
            way.push_back(stage(verb, level, way.back().term->first, by));
            // Found before to decide before not reached; then what takes less for granted.
            if (std::pair(way.back().outcome, taken_for_granted(way)) <
                std::pair(direct.back().outcome, taken_for_granted(direct)))
                return way;
        }
        record_ = after;
        return direct;
    }

private:
    Rulebook::Chosen chosen_on(Step::Verb verb, const std::string& level, Date day) const {
        return rulebook_.choose_or_both(request_.track, record_,
                                        {verb, level, {.as_of = day, .applying = request_.filed_on}}, request_.edition);
    }

    static std::int64_t taken_for_granted(const std::vector<PlanStage>& stages) {
        std::int64_t count = 0;
        for (const PlanStage& stage : stages)
            count += std::count_if(stage.items.begin(), stage.items.end(),
                                   [](const PlanItem& item) { return item.how == PlanItem::How::assumed; });
        return count;
    }

    PlanStage stage(Step::Verb verb, const std::string& level, Date from, Date by) {
        PlanStage best;
        for (Date start = from; start <= by;) {
            const auto chosen = chosen_on(verb, level, start);
            const Edition& edition = chosen.program->edition();
            Date end = by;
            // Where the day of asking chooses, the days behind the edition's last are another one's.
            if (!request_.filed_on && chosen.day == start && edition.in_force_until)
                end = std::min(end, *edition.in_force_until);
            PlanStage one = by_edition(*chosen.program, chosen.event, verb, level, start, std::max(start, end));
            for (const Rulebook::ProgramPtr& either : chosen.undecided)
                one.undecided.push_back(either->edition().edition);
            const bool better = best.step.empty() || one.outcome <= best.outcome;
            if (better)
                best = std::move(one);
            if (best.outcome != Plan::Outcome::not_reached || end >= by)
                break;
            start = add_days(end, 1);
            try {
                (void)chosen_on(verb, level, start);
            } catch (const Error&) {
                break; // no edition is known for the days behind it
            }
        }
        return best;
    }

    PlanStage by_edition(const rules::Program& program, const std::string& event, Step::Verb verb,
                         const std::string& level, Date from, Date by) {
        const Edition& edition = program.edition();
        rules::PlanQuestion question;
        question.verb = verb;
        question.level = level;
        question.from = from;
        question.until = by;
        question.applying = request_.filed_on;
        question.term_asked = request_.term;
        question.order = request_.order;
        std::vector<std::size_t> line_of; // which offer line each question's offer is
        for (std::size_t at = 0; at < offers_.size(); ++at) {
            const OfferLine& line = offers_[at];
            if (line.first_day < from || line.last_day > by)
                continue;
            rules::Offer offer;
            offer.cents = line.cents;
            offer.minutes = line.minutes;
            for (const SupposedEntry& entry : line.entries) {
                offer.entries.push_back(entry_of(entry, 0, rulebook_.words(), edition.code));
                offer.entries.back().cohort = line.cohort;
            }
            question.offers.push_back(std::move(offer));
            line_of.push_back(at);
        }
        const std::size_t offered = question.offers.size();
        for (rules::Offer& own : rules::unoffered_steps(program, verb, level, from))
            if (!is_offered(question, own) && !is_answered_already(edition, verb, level, own))
                question.offers.push_back(std::move(own));
        const Plan plan = rules::plan(program, record_, question);

        PlanStage stage;
        stage.step = step_text(verb, level);
        stage.level = level;
        stage.edition = edition.edition;
        stage.edition_chosen_by = event;
        stage.outcome = plan.outcome;
        stage.proof = plan.proof;
        stage.day = plan.day;
        stage.cents = plan.cents;
        stage.minutes = plan.minutes;
        if (plan.rung)
            stage.rung = edition.after_expiry[*plan.rung].called_on(plan.situation.applying.value_or(plan.day));
        Judgement judged = judge_step(program, verb, level, plan.record, plan.situation);
        stage.finding = std::move(judged.finding);
        stage.fee = judged.fee;
        stage.term = judged.term;
        for (OpenClause& clause : open_clauses(stage.finding))
            if (clause.over_limit)
                stage.out_of_reach.push_back(clause.clause);
        for (OpenClause& clause : open_clauses(stage.finding))
            (clause.to_decide ? stage.to_decide : stage.missing).push_back(std::move(clause));
        std::vector<std::size_t> used;
        for (const std::size_t at : plan.chosen) {
            stage.items.push_back(at < offered ? item_of(offers_[line_of[at]])
                                               : item_of(question.offers[at], program, plan.day,
                                                         plan.outcome != Plan::Outcome::not_reached));
            stage.prices_known = stage.prices_known && stage.items.back().price_known;
            if (at < offered)
                used.push_back(line_of[at]);
        }
        if (plan.outcome == Plan::Outcome::not_reached)
            only_what_counts(stage, plan);
        for (PlanItem& item : stage.items) {
            stage.assumes = stage.assumes || item.how == PlanItem::How::assumed;
            if (item.how == PlanItem::How::own_step && item.kind == EntryKind::attestation)
                item.or_else = other_statements(edition, verb, level, item.code, Ways::any);
        }
        std::stable_sort(stage.items.begin(), stage.items.end(), [](const PlanItem& a, const PlanItem& b) {
            return std::pair(a.last_day, a.first_day) < std::pair(b.last_day, b.first_day);
        });
        std::sort(used.rbegin(), used.rend());
        record_ = plan.record;
        for (const std::size_t at : used)
            offers_.erase(offers_.begin() + static_cast<std::ptrdiff_t>(at));
        return stage;
    }

    /// Of a way that does not reach, only the offers that bring it nearer are told.
    void only_what_counts(PlanStage& stage, const Plan& plan) const {
        std::vector<PlanItem> kept;
        std::vector<EntryId> counted;
        gather_counted(stage.finding, counted);
        for (const PlanItem& item : stage.items) {
            const bool counts = std::any_of(counted.begin(), counted.end(), [&](EntryId id) {
                const auto entry = std::find_if(plan.record.entries.begin(), plan.record.entries.end(),
                                                [id](const Entry& one) { return one.id == id; });
                return id.value() < 0 && entry != plan.record.entries.end() && entry->kind == item.kind &&
                       entry->last == (item.kind == EntryKind::fact ? no_end : item.last_day) &&
                       rulebook_.words().text(entry->code) == item.code;
            });
            if (counts)
                kept.push_back(item);
        }
        stage.items = std::move(kept);
        stage.cents = stage.minutes = 0;
        for (const PlanItem& item : stage.items) {
            stage.cents += item.cents;
            stage.minutes += item.minutes;
        }
    }
    static void gather_counted(const Finding& finding, std::vector<EntryId>& counted) {
        for (const UsedEntry& used : finding.used)
            counted.push_back(used.entry);
        for (const Finding& part : finding.parts)
            gather_counted(part, counted);
    }

    /// Whether somebody offers just that: then it need not be taken for granted.
    static bool is_offered(const rules::PlanQuestion& question, const rules::Offer& own) {
        const Entry& wanted = own.entries.front();
        return own.assumed && std::any_of(question.offers.begin(), question.offers.end(), [&](const rules::Offer& one) {
                   return !one.assumed && !one.own_step &&
                          std::any_of(one.entries.begin(), one.entries.end(), [&](const Entry& entry) {
                              return entry.kind == wanted.kind && entry.code == wanted.code;
                          });
               });
    }

    /// Which of several statements is true of somebody is theirs to say: one on record stands, and no plan changes it.
    bool is_answered_already(const Edition& edition, Step::Verb verb, const std::string& level,
                             const rules::Offer& own) const {
        if (!own.own_step || own.entries.front().kind != EntryKind::attestation)
            return false;
        const auto others = other_statements(edition, verb, level, own.what, Ways::plain);
        return std::any_of(record_.entries.begin(), record_.entries.end(), [&](const Entry& entry) {
            return entry.kind == EntryKind::attestation &&
                   std::find(others.begin(), others.end(), rulebook_.words().text(entry.code)) != others.end();
        });
    }

    static PlanItem item_of(const OfferLine& line) {
        const SupposedEntry& told = line.entries.back();
        return {PlanItem::How::offered, line.name,       line.source,    told.kind,     told.code,    told.tags,
                told.provider,          told.vouched_as, line.first_day, line.last_day, line.minutes, line.cents,
                line.price_known};
    }
    PlanItem item_of(const rules::Offer& own, const rules::Program& program, Date day, bool reached) const {
        const Entry& entry = own.entries.front();
        const Vocabulary& words = rulebook_.words();
        PlanItem item;
        item.how = own.assumed ? PlanItem::How::assumed : PlanItem::How::own_step;
        item.what = own.what;
        item.kind = entry.kind;
        item.code = own.what;
        for (const Symbol word : entry.tags.words())
            item.topics.push_back(words.text(word));
        item.provider = entry.provider == Symbol::none ? "" : words.text(entry.provider);
        item.vouched_as = entry.authority == Symbol::none ? "" : words.text(entry.authority);
        if (item.vouched_as.starts_with(program.edition().code + "/"))
            item.vouched_as.erase(0, program.edition().code.size() + 1);
        item.dated = !own.assumed && (reached || !own.on_the_day);
        item.first_day = own.on_the_day ? day : entry.first;
        item.last_day = own.on_the_day || entry.kind == EntryKind::fact ? item.first_day : entry.last;
        return item;
    }

    /// Levels of this track that have to be held before the step, and are not.
    std::vector<std::string> prior_levels(Step::Verb verb, const std::string& level, Date from) const {
        std::vector<std::string> levels;
        const auto chosen = chosen_on(verb, level, from);
        const Edition& edition = chosen.program->edition();
        const auto add = [&](const std::string& name) {
            const Symbol track = rulebook_.words().intern(edition.code);
            for (const Holding& holding : record_.holdings)
                if (holding.track == track && holding.in_force(from, rulebook_.words().intern(name)) != nullptr)
                    return;
            if (name != level && edition.step(Step::Verb::become, name) != nullptr &&
                std::find(levels.begin(), levels.end(), name) == levels.end())
                levels.push_back(name);
        };
        if (const Step* step = edition.step(verb, level)) {
            for (const std::string& name : step->coming_from)
                add(name);
            gather_levels(step->needs, add);
        }
        return levels;
    }
    template <class Add>
    static void gather_levels(const Requirement& requirement, const Add& add) {
        const auto of_selection = [&add](const Selection& selection) {
            if (!selection.while_level.empty())
                add(selection.while_level);
        };
        if (const auto* group = std::get_if<Group>(&requirement.body))
            for (const Requirement& part : group->parts)
                gather_levels(part, add);
        if (const auto* order = std::get_if<InOrder>(&requirement.body))
            for (const Requirement& part : order->parts)
                gather_levels(part, add);
        if (const auto* choice = std::get_if<Conditional>(&requirement.body))
            for (const Requirement& part : choice->parts)
                gather_levels(part, add);
        if (const auto* holds = std::get_if<HoldsCredential>(&requirement.body);
            holds != nullptr && holds->track.empty() && !holds->level.empty())
            add(holds->level);
        if (const auto* has = std::get_if<HasEntries>(&requirement.body))
            of_selection(has->selection);
        if (const auto* measure = std::get_if<Measure>(&requirement.body)) {
            of_selection(measure->selection);
            for (const Part& piece : measure->adds_up_from)
                of_selection(piece.selection);
        }
    }

    void hold(const std::string& level, const rules::PresentTerm& term) {
        const Symbol track = rulebook_.words().intern(request_.track);
        auto holding = std::find_if(record_.holdings.begin(), record_.holdings.end(),
                                    [track](const Holding& one) { return one.track == track; });
        if (holding == record_.holdings.end()) {
            record_.holdings.push_back({track, {}, {}});
            holding = record_.holdings.end() - 1;
        }
        holding->terms.push_back({term.number, rulebook_.words().intern(level), term.first, term.last});
    }

    const Rulebook& rulebook_;
    const PlanRequest& request_;
    Record record_;
    std::vector<OfferLine> offers_;
};

/// The last day of the term in question, if it has one.
std::optional<Date> last_day_of_term(const rules::Program& program, const Vocabulary& words, const Record& record,
                                     const std::string& level, Date on) {
    const auto held = term_standing(program, words, record, level, on);
    return held ? held->next.value_or(held->term).last : std::nullopt;
}

std::vector<Date> days_with_two(const std::vector<PlanStage>& stages) {
    std::map<Date, int> days;
    for (const PlanStage& stage : stages)
        for (const PlanItem& item : stage.items)
            if (item.how == PlanItem::How::offered && item.minutes > 0 && item.first_day == item.last_day)
                ++days[item.first_day];
    std::vector<Date> twice;
    for (const auto& [day, count] : days)
        if (count > 1)
            twice.push_back(day);
    return twice;
}

} // namespace

PlanAnswer Planner::plan(const Actor& actor, const PlanRequest& request) {
    std::vector<OfferLine> offers;
    if (request.offers != nullptr)
        offers = read_offers(*request.offers, request.offers_name, KnownWords(rulebook_.catalogue()));
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, request.person, house_.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house_.today());
        const Record record = work.entries.record(person.id, rulebook_.words());
        const auto [chosen, today, on] = asked_edition(house_, rulebook_, record,
                                                       {.track = request.track,
                                                        .verb = request.verb,
                                                        .level = request.level,
                                                        .as_of = request.on,
                                                        .received = request.filed_on,
                                                        .edition = request.edition},
                                                       false);
        const Edition& edition = chosen.program->edition();
        PlanAnswer answer;
        answer.person = person_line(work, person);
        answer.track = edition.code;
        answer.on = on;
        answer.title = edition.title_on(answer.on);
        answer.order = request.order;
        const std::string level = level_meant(rulebook_, edition, request.verb, request.level);
        answer.step = step_text(request.verb, level);
        answer.by = request.by.value_or(add_years(answer.on, 5));
        if (!request.by && request.verb == Step::Verb::renew)
            if (const auto last = last_day_of_term(*chosen.program, rulebook_.words(), record, level, answer.on);
                last && *last >= answer.on)
                answer.by = *last;
        if (answer.by < answer.on)
            throw Error(ErrorCode::invalid_input, "the plan would have to end on " + to_text(answer.by) +
                                                      ", before it begins on " + to_text(answer.on));
        std::vector<OfferLine> usable;
        if (request.cohorts)
            for (OfferLine& one : cohorts_on_offer(work, rulebook_, person.id, answer.on))
                usable.push_back(std::move(one));
        for (const OfferLine& one : offers) {
            if (one.first_day >= answer.on)
                usable.push_back(one);
            else if (answer.too_early.empty() || answer.too_early.back() != one.name)
                answer.too_early.push_back(one.name);
        }
        answer.offers = usable.size();
        answer.stages =
            Planning(rulebook_, request, record, std::move(usable)).stages(request.verb, level, answer.on, answer.by);
        answer.same_day = days_with_two(answer.stages);
        return answer;
    });
}

} // namespace peercert::services
