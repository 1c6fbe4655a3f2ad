#include "services/bundles.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <peercert/error.hpp>

#include "trust/signature.hpp"

namespace peercert::services {

namespace {

using domain::BundleLine;
using domain::BundleOutcome;

std::string object_of(const std::string& bundle) { return "bundle " + bundle; }

PersonLine line_about(storage::UnitOfWork& work, PersonId id) {
    const domain::Person person = work.people.of(id);
    return {person.code, work.people.name_used(id), person.born};
}

/// What the record says of a session now.
std::optional<Minutes> on_record(storage::UnitOfWork& work, SessionId session, PersonId person) {
    const auto entry = work.entries.attendance(session, person);
    return entry ? std::optional(Minutes{entry->amount}) : std::nullopt;
}

/// One unit's work of merging a file.
class Merge {
public:
    Merge(storage::UnitOfWork& work, const Rulebook& rulebook, const Actor& actor, const domain::Cohort& cohort,
          const BundleFile& file, Date today)
        : work_(work), rulebook_(rulebook), actor_(actor), cohort_(cohort), file_(file), today_(today) {
        for (domain::Session& session : work.cohorts.sessions(cohort.id))
            sessions_.emplace(session.number, std::move(session));
        for (const BundleLine& line : work.bundles.lines(file.id)) {
            there_.insert(line.n);
            // What was settled by people is what both sides have in common since.
            if (line.outcome == BundleOutcome::recorded || line.outcome == BundleOutcome::known || line.settled)
                common_[{line.session, line.person}] = line.settled.value_or(line.minutes);
        }
        done_.cohort = cohort.code;
        done_.bundle = file.id;
        done_.before = there_.size();
    }

    BroughtBack run() {
        std::map<std::pair<int, domain::PersonCode>, int> newest;
        for (const BundleFile::Attended& one : file_.attended)
            newest[{one.session, one.person}] = one.n;
        for (const BundleFile::Attended& one : file_.attended)
            if (there_.count(one.n) == 0)
                take(one, newest.at({one.session, one.person}) == one.n);
        if (added_ > 0)
            work_.audit.append(
                {.action = "bundle.brought_back", .object = object_of(file_.id), .after = std::to_string(added_)});
        for (const PersonId person : touched_)
            if (auto review = review_completion(work_, rulebook_, cohort_, person, today_))
                done_.reviews.push_back(std::move(*review));
        return std::move(done_);
    }

private:
    void take(const BundleFile::Attended& one, bool newest) {
        const auto session = sessions_.find(one.session);
        const auto person = work_.people.find(one.person);
        const auto place = person ? work_.enrolments.find(cohort_.id, person->id) : std::nullopt;
        if (session == sessions_.end() || !place)
            throw Error(ErrorCode::conflict, "line " + std::to_string(one.n) + " of the bundle is about session " +
                                                 std::to_string(one.session) + " and " + one.person.str() +
                                                 ", which are not in " + cohort_.code + " (any more)");
        BroughtLine line{file_.id,    one.n, one.session, line_about(work_, place->person),
                         one.minutes, {},    {},          one.claimed};
        line.here = on_record(work_, session->second.id, place->person);
        if (session->second.held_on > today_) { // whatever the other machine's clock says
            done_.to_come.push_back(std::move(line));
            return;
        }
        BundleLine kept{file_.id,    one.n,       session->second.id,      place->person,
                        one.minutes, one.claimed, BundleOutcome::replaced, {},
                        {}};
        if (newest)
            kept.outcome = merge(session->second, place->person, line);
        work_.bundles.add_line(kept);
        ++added_;
    }

    BundleOutcome merge(const domain::Session& session, PersonId person, BroughtLine& line) {
        line.common = common_with(session, person);
        if (line.here == line.brought) {
            ++done_.known;
            return BundleOutcome::known;
        }
        if (line.here != line.common || line.brought > session.length || !may_be_recorded(session, person)) {
            done_.to_decide.push_back(line);
            return BundleOutcome::to_decide;
        }
        record_attendance(work_, cohort_, session, person, line.brought);
        touched_.insert(person);
        done_.recorded.push_back(line);
        return BundleOutcome::recorded;
    }

    /// What the actor may not record by themself (their own presence), or of somebody who is gone, another decides.
    bool may_be_recorded(const domain::Session& session, PersonId person) const {
        try {
            check_presence(work_, actor_, person, session);
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    std::optional<Minutes> common_with(const domain::Session& session, PersonId person) const {
        if (const auto since = common_.find({session.id, person}); since != common_.end())
            return since->second;
        for (const BundleFile::Had& one : file_.had) {
            const auto had = one.session == session.number ? work_.people.find(one.person) : std::nullopt;
            if (had && work_.merges.same(had->id, person))
                return one.minutes;
        }
        return std::nullopt;
    }

    storage::UnitOfWork& work_;
    const Rulebook& rulebook_;
    const Actor& actor_;
    const domain::Cohort& cohort_;
    const BundleFile& file_;
    Date today_;
    std::map<int, domain::Session> sessions_;
    std::set<int> there_;
    std::map<std::pair<SessionId, PersonId>, Minutes> common_;
    std::set<PersonId> touched_;
    int added_{0};
    BroughtBack done_;
};

} // namespace

Taken Bundles::take(const Actor& actor, std::string_view code, Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, code, house_.today());
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        refuse_register(program->edition(), format_of(*program, cohort));
        BundleFile file;
        file.id = trust::new_key_id();
        file.cohort = cohort.code;
        file.title = cohort.title;
        file.taken = work.now();
        file.sessions = work.cohorts.sessions(cohort.id);
        for (const domain::Enrolment& place : work.enrolments.of_cohort(cohort.id)) {
            const domain::Person person = work.people.of(place.person);
            file.people.push_back({person.code, work.people.name_used(person.id), place.state()});
            for (const domain::Session& session : file.sessions)
                if (const auto minutes = on_record(work, session.id, person.id))
                    file.had.push_back({session.number, person.code, *minutes});
        }
        Taken taken;
        taken.id = file.id;
        taken.people = file.people.size();
        taken.sessions = file.sessions.size();
        domain::Bundle bundle{file.id, cohort.id, {}, {}, false};
        taken.bytes = new_bundle(file, bundle.public_key);
        work.bundles.add(bundle);
        work.audit.append({.action = "bundle.taken", .object = object_of(file.id)});
        return taken;
    });
}

BroughtBack Bundles::bring_back(const Actor& actor, std::string_view bytes, Mode mode) {
    const std::string id = bundle_id(bytes);
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Error missing(ErrorCode::not_found, "this record has made no bundle " + id);
        const auto bundle = work.bundles.find(id);
        if (!bundle)
            throw Error(missing);
        const domain::Cohort cohort = work.cohorts.of(bundle->cohort);
        authorize(work, actor, Action::record_attendance, {PersonId{}, cohort.organization}, house_.today(), missing);
        if (bundle->withdrawn)
            throw Error(ErrorCode::conflict, "the bundle " + id + " was withdrawn; nothing of it is taken back");
        const BundleFile file = read_bundle(bytes, bundle->public_key);
        const auto program = rulebook_.edition(work, cohort.curriculum, cohort.edition);
        refuse_register(program->edition(), format_of(*program, cohort));
        return Merge(work, rulebook_, actor, cohort, file, house_.today()).run();
    });
}

void Bundles::withdraw(const Actor& actor, std::string_view id, Mode mode) {
    change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Error missing(ErrorCode::not_found, "this record has made no bundle " + std::string(id));
        const auto bundle = work.bundles.find(id);
        if (!bundle)
            throw Error(missing);
        const domain::Cohort cohort = work.cohorts.of(bundle->cohort);
        authorize(work, actor, Action::record_attendance, {PersonId{}, cohort.organization}, house_.today(), missing);
        if (bundle->withdrawn)
            throw Error(ErrorCode::conflict, "the bundle was withdrawn already");
        work.bundles.withdraw(id);
        work.audit.append({.action = "bundle.withdrawn", .object = object_of(bundle->id)});
    });
}

std::vector<BroughtLine> Bundles::to_decide(const Actor& actor, std::string_view code) {
    return house_.store.read([&](storage::UnitOfWork& work) {
        const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, code, house_.today());
        std::vector<BroughtLine> found;
        for (const BundleLine& line : work.bundles.to_decide(cohort.id))
            found.push_back({line.bundle,
                             line.n,
                             work.cohorts.session(line.session)->number,
                             line_about(work, line.person),
                             line.minutes,
                             on_record(work, line.session, line.person),
                             {},
                             line.claimed_at});
        return found;
    });
}

Attended Bundles::settle(const Actor& actor, std::string_view code, int number, std::string_view who, Minutes minutes,
                         Mode mode) {
    return change(house_, actor.name, mode, [&](storage::UnitOfWork& work) {
        const Date today = house_.today();
        const domain::Cohort cohort = cohort_of(work, actor, Action::record_attendance, code, today);
        const domain::Session session = session_of(work, cohort, number);
        const domain::Person person = person_of(work, actor, who, today);
        bool any = false;
        for (const BundleLine& line : work.bundles.to_decide(cohort.id))
            if (line.session == session.id && work.merges.same(line.person, person.id)) {
                work.bundles.settle(line, minutes);
                work.audit.append(
                    {.action = "bundle.settled", .object = object_of(line.bundle) + " line " + std::to_string(line.n)});
                any = true;
            }
        if (!any)
            throw Error(ErrorCode::not_found,
                        "nothing is to be decided of session " + std::to_string(number) + " and " + person.code.str());
        const auto place = work.enrolments.find(cohort.id, person.id);
        return attend_and_review(work, rulebook_, actor, cohort, session, place ? place->person : person.id, minutes,
                                 today);
    });
}

} // namespace peercert::services
