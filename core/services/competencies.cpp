#include "services/competencies.hpp"

#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "services/assessment.hpp"
#include "services/cohorts.hpp"
#include "services/departure.hpp"

namespace peercert::services {

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

void refuse_about_organizations(const Edition& edition) {
    if (edition.about == Edition::About::organizations)
        refuse(edition.code + " looks at organizations and never at a person; record it with `organization score`");
}

/// "framework/code" of a competency that the curriculum or a framework of the catalogue knows.
std::string known_competency(const Rulebook& rulebook, const Edition& curriculum, const std::string& typed, Date on) {
    const std::size_t slash = typed.find('/');
    const std::string framework = slash == std::string::npos ? curriculum.code : typed.substr(0, slash);
    const std::string code = slash == std::string::npos ? typed : typed.substr(slash + 1);
    const auto chosen = framework == curriculum.code ? nullptr : rulebook.choose(framework, event_days(on, on)).program;
    const Edition& edition = chosen ? chosen->edition() : curriculum;
    refuse_about_organizations(edition);
    std::vector<std::string_view> codes;
    for (const Competency& one : edition.competencies) {
        if (one.code == code)
            return framework + "/" + code;
        codes.push_back(one.code);
    }
    const std::string near = nearest(code, codes);
    refuse(framework + " has no competency \"" + code + "\"" + (near.empty() ? "" : "; did you mean " + near + "?"));
}

EntryResult result_of(const Edition& curriculum, const std::string& rating) {
    if (rating.empty() || rating == "shown")
        return EntryResult::shown;
    if (rating == "not observed")
        return EntryResult::not_observed;
    if (rating == "not yet")
        return EntryResult::not_yet;
    const auto& words = curriculum.scale.words;
    if (std::find(words.begin(), words.end(), rating) == words.end())
        refuse("\"" + rating + "\" is no word of this scale; say shown, not yet or not observed");
    const auto& counts = curriculum.scale.counts;
    return std::find(counts.begin(), counts.end(), rating) != counts.end() ? EntryResult::shown : EntryResult::not_yet;
}

/// The best that any of the accepted levels gives this person on that day.
AuthorityAnswer best_authority(storage::UnitOfWork& work, const Rulebook& rulebook, const Edition& curriculum,
                               PersonId assessor, Date on) {
    AuthorityAnswer best;
    bool first = true;
    for (const std::string& level : curriculum.sign_off->levels) {
        AuthorityAnswer answer = authority_on(work, rulebook, assessor, curriculum.code + "/" + level, on);
        if (answer.entitled)
            return answer;
        // Of several refusals the one of a level the person holds says most: it has a term among its days.
        if (first || (answer.finding.anchors.size() > best.finding.anchors.size()))
            best = std::move(answer);
        first = false;
    }
    return best;
}

} // namespace

SignedOff Competencies::sign_off(const Actor& actor, const NewSignOff& request, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        authorize(work, actor, Action::sign_off, {}, today);
        const domain::Person learner = person_of(work, actor, request.person, house_.today());
        std::optional<domain::Session> session;
        domain::Cohort cohort;
        if (!request.cohort.empty()) {
            cohort = cohort_of(work, actor, Action::sign_off, request.cohort, today);
            session = session_of(work, cohort, request.session);
        }
        if (!session && !request.observed_on)
            refuse("on which day was it seen? give the day, or the cohort and session");
        const auto place = session ? work.enrolments.find(cohort.id, learner.id) : std::nullopt;
        if (session && !place)
            refuse(learner.code.str() + " has no place in " + cohort.code +
                   "; enrol them first, or give the day without the cohort");
        SignedOff answer;
        answer.observed_on = session ? session->held_on : *request.observed_on;
        if (session && request.observed_on && *request.observed_on != session->held_on)
            refuse("session " + std::to_string(session->number) + " was on " + to_text(session->held_on) + ", not on " +
                   to_text(*request.observed_on));
        if (answer.observed_on > today)
            refuse("the day " + to_text(answer.observed_on) + " is still to come");
        refuse_after_departure(learner, answer.observed_on, "a competency seen");

        const auto chosen = rulebook_.choose(request.curriculum, event_days(answer.observed_on, answer.observed_on));
        const Edition& curriculum = chosen.program->edition();
        refuse_about_organizations(curriculum);
        if (!curriculum.sign_off)
            refuse(curriculum.code + " has no sign-off: it does not say who may sign");
        const SignOffRule& rule = *curriculum.sign_off;
        if (!rule.methods.empty() &&
            std::find(rule.methods.begin(), rule.methods.end(), request.method) == rule.methods.end()) {
            std::string known;
            for (const std::string& method : rule.methods)
                known += (known.empty() ? "" : ", ") + method;
            refuse("how was it seen? " + curriculum.code + " accepts: " + known);
        }
        if (days_between(answer.observed_on, today) > rule.enter_within_days && !request.late_reason)
            refuse("seen on " + to_text(answer.observed_on) + ", more than " + std::to_string(rule.enter_within_days) +
                   " days ago; a late entry needs a stated reason (--late)");

        std::vector<AuthorityAnswer> authorities;
        std::vector<PersonId> assessors;
        for (const std::string& code : request.assessors) {
            const domain::Person assessor = person_of(work, actor, code, house_.today());
            refuse_self(work, assessor.id, learner.id, "sign off competencies");
            if (std::any_of(assessors.begin(), assessors.end(),
                            [&](PersonId one) { return work.merges.same(one, assessor.id); }))
                refuse("the assessors have to be different people");
            assessors.push_back(assessor.id);
            authorities.push_back(best_authority(work, rulebook_, curriculum, assessor.id, answer.observed_on));
            answer.assessors.push_back({assessor.code.str(), work.people.name_used(assessor.id),
                                        authorities.back().entitled, authorities.back().finding});
            if (session && !leads(work, *session, assessor.id))
                answer.reasons.push_back(assessor.code.str() + " neither led nor observed session " +
                                         std::to_string(session->number));
        }
        if (static_cast<int>(assessors.size()) < rule.assessors)
            refuse(curriculum.code + " asks for " + std::to_string(rule.assessors) + " assessor(s)");
        const bool all_entitled = std::all_of(answer.assessors.begin(), answer.assessors.end(),
                                              [](const AssessorAnswer& one) { return one.entitled; });
        std::vector<std::string> codes;
        for (const std::string& typed : request.competencies)
            codes.push_back(known_competency(rulebook_, curriculum, typed, answer.observed_on));
        const EntryResult result = result_of(curriculum, request.rating);
        if (!all_entitled || !answer.reasons.empty())
            return answer;

        if (session)
            freeze(work, curriculum); // what is being run is run to its end
        else
            rulebook_.rely_on(work, curriculum);
        for (const std::string& code : codes)
            for (std::size_t i = 0; i < assessors.size(); ++i) { // a line for each signature
                domain::NewEntry entry;
                entry.person = place ? place->person : learner.id;
                entry.kind = EntryKind::sign_off;
                entry.result = result;
                entry.first_day = entry.last_day = answer.observed_on;
                entry.amount = 1;
                entry.code = code;
                entry.edition = curriculum.code + " " + curriculum.edition;
                if (!request.method.empty())
                    entry.tags.push_back(request.method);
                if (session) {
                    entry.session = session->id;
                    entry.cohort = cohort.id;
                }
                entry.asserted_by = assessors[i];
                entry.authority = authorities[i].authority;
                entry.late_reason = request.late_reason;
                answer.entries.push_back(work.entries.add(entry));
            }
        work.audit.append({.action = "competency.signed_off",
                           .object = "entry " + std::to_string(answer.entries.front().value()) + ".." +
                                     std::to_string(answer.entries.back().value()),
                           .after = request.curriculum});
        return answer;
    });
}

} // namespace peercert::services
