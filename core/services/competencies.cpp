#include "services/competencies.hpp"

#include <algorithm>
#include <map>

#include <peercert/error.hpp>

#include "services/signing.hpp"

namespace peercert::services {

namespace {

std::string lines_from_to(EntryId first, EntryId last) {
    return "entry " + std::to_string(first.value()) + ".." + std::to_string(last.value());
}

/// On that day: whoever paused or moved on was not there, and nobody asks why.
bool had_a_place(const domain::Enrolment& place, Date on) {
    bool had = false;
    for (const domain::EnrolmentEvent& event : place.history)
        if (event.day <= on)
            had = event.state != domain::EnrolmentState::paused && event.state != domain::EnrolmentState::moved_on;
    return had;
}

} // namespace

SignedOff Competencies::sign_off(const Actor& actor, const NewSignOff& request, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        if (!may(work, actor, Action::sign_off, {}, today))
            authorize(work, actor, Action::record_entry, {}, today);
        const domain::Person learner = person_of(work, actor, request.person, today);
        authorize_typing(work, actor, learner.id, today);
        Signing signing(work, rulebook_, actor, request, today);
        SignedOff answer;
        answer.observed_on = signing.observed_on();
        answer.assessors = signing.assessors();
        answer.reasons = signing.reasons();
        for (std::string& reason : signing.reasons_about(learner))
            answer.reasons.push_back(std::move(reason));
        std::vector<Rated> ratings;
        for (const std::string& typed : request.competencies)
            ratings.push_back(signing.rated(typed, request.rating));
        if (!signing.entitled() || !answer.reasons.empty())
            return answer;
        answer.lines = signing.sign(learner.id, ratings);
        for (const SignedLine& line : answer.lines)
            answer.entries.push_back(line.entry);
        work.audit.append({.action = request.draft ? "competency.drafted" : "competency.signed_off",
                           .object = lines_from_to(answer.entries.front(), answer.entries.back()),
                           .after = signing.curriculum().code});
        return answer;
    });
}

GroupSignedOff Competencies::sign_off_group(const Actor& actor, const NewGroupSignOff& request, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        if (request.seen.cohort.empty())
            throw Error(ErrorCode::invalid_input, "of which cohort, in which session?");
        Signing signing(work, rulebook_, actor, request.seen, today);
        GroupSignedOff answer;
        answer.observed_on = signing.observed_on();
        answer.assessors = signing.assessors();
        answer.reasons = signing.reasons();
        bool clear = signing.entitled() && answer.reasons.empty();

        std::map<PersonId, std::string> exceptions; // an empty rating: nothing is recorded of them
        for (const NewGroupSignOff::Exception& one : request.exceptions) {
            const domain::Person person = person_of(work, actor, one.person, today);
            if (!work.enrolments.find(signing.cohort().id, person.id))
                throw Error(ErrorCode::invalid_input,
                            person.code.str() + " has no place in " + signing.cohort().code + ", so is no exception");
            if (!exceptions.emplace(person.id, one.rating).second)
                throw Error(ErrorCode::invalid_input, person.code.str() + " is excepted twice");
        }
        std::vector<PersonId> signed_for;
        for (const domain::Enrolment& place : work.enrolments.of_cohort(signing.cohort().id)) {
            const domain::Person learner = work.people.of(place.person);
            GroupSignedOff::Member member;
            member.person = {learner.code, work.people.name_used(learner.id), learner.born};
            const auto exception = exceptions.find(learner.id);
            const auto present = work.entries.attendance(signing.session()->id, learner.id);
            if (!had_a_place(place, answer.observed_on))
                continue;
            if (present && present->amount == 0) {
                member.left_out = true;
                member.reasons.push_back("recorded as not there in session " +
                                         std::to_string(signing.session()->number));
                if (exception != exceptions.end() && !exception->second.empty())
                    clear = false; // somebody says that they saw a person who was not there
            } else if (exception != exceptions.end() && exception->second.empty()) {
                member.left_out = true;
                member.reasons.emplace_back("excepted");
            } else {
                member.reasons = signing.reasons_about(learner);
                clear = clear && member.reasons.empty();
                signed_for.push_back(learner.id);
            }
            answer.members.push_back(std::move(member));
        }
        if (signed_for.empty() && clear)
            throw Error(ErrorCode::invalid_input, "nobody of " + signing.cohort().code + " is left to sign off");
        // What cannot be rated is refused before anything is decided.
        std::map<std::string, std::vector<Rated>> rated;
        for (const std::string& rating : [&] {
                 std::vector<std::string> all{request.seen.rating};
                 for (const auto& [person, word] : exceptions)
                     if (!word.empty())
                         all.push_back(word);
                 return all;
             }())
            if (rated[rating].empty())
                for (const std::string& typed : request.seen.competencies)
                    rated[rating].push_back(signing.rated(typed, rating));
        if (!clear)
            return answer;
        auto learner = signed_for.begin();
        std::optional<EntryId> first;
        EntryId last;
        for (GroupSignedOff::Member& member : answer.members) {
            if (member.left_out)
                continue;
            const auto exception = exceptions.find(*learner);
            member.lines =
                signing.sign(*learner, rated[exception == exceptions.end() ? request.seen.rating : exception->second]);
            first = first.value_or(member.lines.front().entry);
            last = member.lines.back().entry;
            ++learner;
        }
        answer.accepted = true;
        work.audit.append(
            {.action = "competency.group_signed_off",
             .object = lines_from_to(*first, last) + " cohort " + std::to_string(signing.cohort().id.value()),
             .after = signing.curriculum().code});
        return answer;
    });
}

} // namespace peercert::services
