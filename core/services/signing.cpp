#include "services/signing.hpp"

#include <algorithm>
#include <set>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "services/assessment.hpp"
#include "services/cohorts.hpp"
#include "services/departure.hpp"

namespace peercert::services {

namespace {

using domain::SignOffState;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

std::string in_a_row(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

/// Organizations in which somebody led on that day.
std::set<OrganizationId> led_for(storage::UnitOfWork& work, PersonId person, Date on) {
    std::set<OrganizationId> found;
    for (const domain::Membership& one : work.organizations.memberships(person))
        if (one.role == "facilitator" && one.first_day <= on && (!one.last_day || on <= *one.last_day))
            found.insert(one.organization);
    return found;
}

std::string edition_name(const Edition& edition) { return edition.code + " " + edition.edition; }

} // namespace

void refuse_about_organizations(const Edition& edition) {
    if (edition.about == Edition::About::organizations)
        refuse(edition.code + " looks at organizations and never at a person; record it with `organization score`");
}

KnownCompetency known_competency(const Rulebook& rulebook, const Edition* otherwise, const std::string& typed,
                                 Date on) {
    const std::size_t slash = typed.find('/');
    if (slash == std::string::npos && otherwise == nullptr)
        refuse("a competency is written FRAMEWORK/CODE, such as samhsa-core/II.3, not \"" + typed + "\"");
    const std::string framework = slash == std::string::npos ? otherwise->code : typed.substr(0, slash);
    const std::string code = slash == std::string::npos ? typed : typed.substr(slash + 1);
    KnownCompetency known{framework + "/" + code, nullptr};
    if (otherwise == nullptr || framework != otherwise->code)
        known.framework = rulebook.choose(framework, rules::event_days_on(on)).program;
    const Edition& edition = known.framework ? known.framework->edition() : *otherwise;
    refuse_about_organizations(edition);
    std::vector<std::string_view> codes;
    for (const Competency& one : edition.competencies) {
        if (one.code == code)
            return known;
        codes.push_back(one.code);
    }
    const std::string near = nearest(code, codes);
    refuse(framework + " has no competency \"" + code + "\"" + (near.empty() ? "" : "; did you mean " + near + "?"));
}

EntryResult result_of(const Edition& scale_of, const std::string& rating) {
    if (rating == "not observed")
        return EntryResult::not_observed;
    if (rating == "not yet")
        return EntryResult::not_yet;
    const auto& words = scale_of.scale.words;
    if (words.empty()) {
        if (rating != "shown")
            refuse(scale_of.code + " has no scale of its own; say shown, not yet or not observed");
        return EntryResult::shown;
    }
    if (std::find(words.begin(), words.end(), rating) == words.end())
        refuse("\"" + rating + "\" is no word of the scale of " + edition_name(scale_of) + "; say " + in_a_row(words) +
               (std::find(words.begin(), words.end(), "not yet") == words.end() ? ", not yet" : "") +
               (std::find(words.begin(), words.end(), "not observed") == words.end() ? ", not observed" : ""));
    const auto& counts = scale_of.scale.counts;
    return std::find(counts.begin(), counts.end(), rating) != counts.end() ? EntryResult::shown : EntryResult::not_yet;
}

EntryResult result_in(SignOffState state, EntryResult rated) {
    switch (state) {
    case SignOffState::draft: return EntryResult::none;
    case SignOffState::awaiting_assessor:
    case SignOffState::awaiting_cosignature:
    case SignOffState::under_review: return rated == EntryResult::shown ? EntryResult::pending : rated;
    case SignOffState::signed_off: return rated;
    }
    return EntryResult::none;
}

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

bool is_from_accepted_issuer(storage::UnitOfWork& work, PersonId person, const Edition& curriculum) {
    const auto& accepted = curriculum.sign_off->issuers;
    if (accepted.empty())
        return true;
    const auto held = work.credentials.find(person, curriculum.code);
    if (!held)
        return false;
    const auto issuer = work.organizations.find(held->credential.issuer);
    return issuer && std::find(accepted.begin(), accepted.end(), issuer->code) != accepted.end();
}

Signing::Signing(storage::UnitOfWork& work, const Rulebook& rulebook, const Actor& actor, const NewSignOff& request,
                 Date today)
    : work_(work), rulebook_(rulebook), actor_(actor), request_(request) {
    if (!request.cohort.empty()) {
        // Whoever keeps the centre's record may type a form in; it then waits for the assessor.
        const auto found = work.cohorts.find(request.cohort);
        const bool types = found && !may(work, actor, Action::sign_off, {PersonId{}, found->organization}, today) &&
                           may(work, actor, Action::record_entry, {PersonId{}, found->organization}, today);
        cohort_ = cohort_of(work, actor, types ? Action::record_entry : Action::sign_off, request.cohort, today);
        session_ = session_of(work, cohort_, request.session);
    }
    if (!session_ && !request.observed_on)
        refuse("on which day was it seen? give the day, or the cohort and session");
    on_ = session_ ? session_->held_on : *request.observed_on;
    if (session_ && request.observed_on && *request.observed_on != session_->held_on)
        refuse("session " + std::to_string(session_->number) + " was on " + to_text(session_->held_on) + ", not on " +
               to_text(*request.observed_on));
    if (on_ > today)
        refuse("the day " + to_text(on_) + " is still to come");
    const std::string& whose = request.curriculum.empty() && session_ ? cohort_.curriculum : request.curriculum;
    program_ = rulebook.choose(whose, rules::event_days_on(on_)).program;
    refuse_about_organizations(curriculum());
    if (!curriculum().sign_off)
        refuse(curriculum().code + " has no sign-off: it does not say who may sign");
    const SignOffRule& rule = *curriculum().sign_off;
    if (!rule.methods.empty() &&
        std::find(rule.methods.begin(), rule.methods.end(), request.method) == rule.methods.end())
        refuse("how was it seen? " + curriculum().code + " accepts: " + in_a_row(rule.methods));
    if (!request.draft)
        check_late(rule, today);
    ask_assessors(today);
}

void Signing::check_late(const SignOffRule& rule, Date today) const {
    if (days_between(on_, today) > rule.enter_within_days && !request_.late_reason)
        refuse("seen on " + to_text(on_) + ", more than " + std::to_string(rule.enter_within_days) +
               " days ago; a late entry needs a stated reason (--late)");
}

void Signing::ask_assessors(Date today) {
    const SignOffRule& rule = *curriculum().sign_off;
    std::set<OrganizationId> led;
    for (const std::string& code : request_.assessors) {
        const domain::Person assessor = person_of(work_, actor_, code, today);
        if (std::any_of(signers_.begin(), signers_.end(),
                        [&](PersonId one) { return work_.merges.same(one, assessor.id); }))
            refuse("the assessors have to be different people");
        signers_.push_back(assessor.id);
        authorities_.push_back(best_authority(work_, rulebook_, curriculum(), assessor.id, on_));
        AuthorityAnswer& authority = authorities_.back();
        answers_.push_back(
            {assessor.code.str(), work_.people.name_used(assessor.id), authority.entitled, authority.finding});
        if (authority.entitled && !is_from_accepted_issuer(work_, assessor.id, curriculum()))
            reasons_.push_back("what " + assessor.code.str() + " holds in " + curriculum().code +
                               " was not issued by: " + in_a_row(rule.issuers));
        if (session_ && !leads(work_, *session_, assessor.id))
            reasons_.push_back(assessor.code.str() + " neither led nor observed session " +
                               std::to_string(session_->number));
        if (!rule.different_organizations)
            continue;
        const auto here = led_for(work_, assessor.id, on_);
        if (here.empty())
            reasons_.push_back(assessor.code.str() + " led for no organization on " + to_text(on_) + "; " +
                               curriculum().code + " asks for assessors from different organizations");
        for (const OrganizationId one : here)
            if (!led.insert(one).second)
                reasons_.push_back("the assessors have to come from different organizations; two led for " +
                                   work_.organizations.of(one).code + " on " + to_text(on_));
    }
    if (static_cast<int>(signers_.size()) < rule.assessors)
        refuse(curriculum().code + " asks for " + std::to_string(rule.assessors) + " assessor(s)");
}

bool Signing::is_actor(PersonId signer) const { return actor_.person && work_.merges.same(signer, actor_.person); }

bool Signing::entitled() const {
    return std::all_of(answers_.begin(), answers_.end(), [](const AssessorAnswer& one) { return one.entitled; });
}

std::vector<std::string> Signing::reasons_about(const domain::Person& learner) const {
    std::vector<std::string> reasons;
    refuse_after_departure(learner, on_, "a competency seen");
    if (session_ && !work_.enrolments.find(cohort_.id, learner.id)) // under whichever record of theirs
        refuse(learner.code.str() + " has no place in " + cohort_.code +
               "; enrol them first, or give the day without the cohort");
    if (session_)
        if (const auto present = work_.entries.attendance(session_->id, learner.id); present && present->amount == 0)
            reasons.push_back(learner.code.str() + " is recorded as not there in session " +
                              std::to_string(session_->number));
    for (std::size_t i = 0; i < signers_.size(); ++i) {
        refuse_self(work_, signers_[i], learner.id, "sign off competencies");
        if (work_.sign_offs.in_conflict(signers_[i], learner.id, on_))
            reasons.push_back("a conflict of interest between " + answers_[i].assessor + " and " + learner.code.str() +
                              " is declared for " + to_text(on_) + "; somebody else has to see it and sign");
    }
    return reasons;
}

Rated Signing::rated(const std::string& competency, const std::string& typed) const {
    const KnownCompetency known = known_competency(rulebook_, &curriculum(), competency, on_);
    // A framework without a scale is rated on the curriculum's.
    const bool own = known.framework && !known.framework->edition().scale.words.empty();
    const Edition& scale_of = own ? known.framework->edition() : curriculum();
    const auto& words = scale_of.scale.words;
    if (typed.empty() && !words.empty() && std::find(words.begin(), words.end(), "shown") == words.end())
        refuse("how was " + known.competency + " rated? " + edition_name(scale_of) + " says: " + in_a_row(words));
    const std::string rating = typed.empty() ? "shown" : typed;
    return {known.competency, edition_name(scale_of), rating, result_of(scale_of, rating)};
}

std::vector<SignedLine> Signing::sign(PersonId learner, const std::vector<Rated>& ratings) {
    if (!relied_on_) {
        if (session_)
            freeze(work_, curriculum()); // what is being run is run to its end
        else
            rulebook_.rely_on(work_, curriculum());
        relied_on_ = true;
    }
    const bool all_here = std::all_of(signers_.begin(), signers_.end(), [this](PersonId one) { return is_actor(one); });
    std::vector<SignedLine> lines;
    EntryId act;
    if (session_) // the line stands where the place does
        if (const auto place = work_.enrolments.find(cohort_.id, learner))
            learner = place->person;
    for (const Rated& rated : ratings) {
        if (rated.framework != edition_name(curriculum()))
            freeze(work_, known_competency(rulebook_, &curriculum(), rated.competency, on_).framework->edition());
        for (std::size_t i = 0; i < signers_.size(); ++i) { // a line for each signature
            const SignOffState state = request_.draft           ? SignOffState::draft
                                       : !is_actor(signers_[i]) ? SignOffState::awaiting_assessor
                                       : all_here               ? SignOffState::signed_off
                                                                : SignOffState::awaiting_cosignature;
            domain::NewEntry entry;
            entry.person = learner;
            entry.kind = EntryKind::sign_off;
            entry.result = result_in(state, rated.result);
            entry.first_day = entry.last_day = on_;
            entry.amount = 1;
            entry.code = rated.competency;
            entry.edition = edition_name(curriculum());
            if (!request_.method.empty())
                entry.tags.push_back(request_.method);
            if (session_) {
                entry.session = session_->id;
                entry.cohort = cohort_.id;
            }
            entry.asserted_by = signers_[i];
            entry.authority = authorities_[i].authority;
            entry.late_reason = request_.late_reason;
            const EntryId id = work_.entries.add(entry);
            act = act ? act : id;
            work_.sign_offs.add({id, act, id, state, rated.rating, rated.framework});
            lines.push_back({id, rated.competency, answers_[i].assessor, rated.rating, state});
        }
    }
    return lines;
}

void authorize_typing(storage::UnitOfWork& work, const Actor& actor, PersonId learner, Date today) {
    if (!may(work, actor, Action::sign_off, {}, today))
        authorize(work, actor, Action::record_entry, {learner, {}}, today);
}

} // namespace peercert::services
