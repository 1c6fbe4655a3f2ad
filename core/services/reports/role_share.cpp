#include "services/reports/role_share.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <peercert/error.hpp>

#include "domain/activity.hpp"
#include "services/people.hpp"

namespace peercert::services {

namespace {

class Sum {
public:
    Sum(Date from, Date until) : from_(from), until_(until) {
        if (until < from)
            throw Error(ErrorCode::invalid_input,
                        "the last day " + to_text(until) + " is before the first day " + to_text(from));
    }

    /// Whether the line counted.
    bool add(const domain::LedgerEntry& line) {
        if (!line.counts() || line.kind != EntryKind::practice || line.first_day < from_ || line.last_day > until_)
            return false;
        const domain::Activity* activity = nullptr;
        for (const std::string& tag : line.tags)
            if (activity == nullptr)
                activity = domain::activity(tag);
        if (activity == nullptr) {
            not_said_ += line.amount;
            return true;
        }
        Minutes& sum = sums_[activity->word];
        sum.all += line.amount;
        if (std::find(line.tags.begin(), line.tags.end(), "assigned") != line.tags.end())
            sum.assigned += line.amount;
        return true;
    }

    RoleShare share() const {
        RoleShare share{.from = from_, .until = until_, .not_said = not_said_};
        for (const domain::Activity& activity : domain::activities()) {
            const auto sum = sums_.find(activity.word);
            if (sum == sums_.end())
                continue;
            share.parts.push_back(
                {std::string(activity.word), activity.is_peer_work, sum->second.all, sum->second.assigned});
            (activity.is_peer_work ? share.peer_work : share.outside) += sum->second.all;
        }
        return share;
    }

private:
    struct Minutes {
        std::int64_t all{0};
        std::int64_t assigned{0};
    };
    Date from_;
    Date until_;
    std::map<std::string_view, Minutes> sums_;
    std::int64_t not_said_{0};
};

} // namespace

RoleShare role_share_of_person(House& house, const Actor& actor, const std::string& code, Date from, Date until) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const domain::Person person = person_of(work, actor, code, house.today());
        authorize(work, actor, Action::read_person, {person.id, {}}, house.today());
        if (!actor.is_operator() && !work.merges.same(actor.person, person.id))
            throw Error(ErrorCode::forbidden, "how somebody's hours are spent is shown to themselves only");
        Sum sum(from, until);
        for (const domain::LedgerEntry& line : work.entries.of_person(person.id))
            sum.add(line);
        RoleShare share = sum.share();
        share.people = 1;
        return share;
    });
}

RoleShare role_share_of_employer(House& house, const Actor& actor, const std::string& code, Date from, Date until) {
    return house.store.read([&](storage::UnitOfWork& work) {
        const domain::Organization employer = organization_of(work, code);
        authorize(work, actor, Action::report, {{}, employer.id}, house.today());
        std::set<PersonId> members; // whoever ever had to do with it: a role that ended leaves its hours
        for (const domain::Membership& membership : work.organizations.members(employer.id))
            members.insert(membership.person);
        Sum sum(from, until);
        std::int64_t people = 0;
        for (const PersonId person : members) {
            bool any = false;
            for (const domain::LedgerEntry& line : work.entries.of_person(person))
                if (line.provider == employer.code)
                    any = sum.add(line) || any;
            people += any ? 1 : 0;
        }
        RoleShare share = sum.share();
        if (people < fewest_people_told_of)
            share = {.from = from, .until = until, .too_few = true};
        share.employer = employer.code;
        share.people = share.too_few ? 0 : people;
        return share;
    });
}

} // namespace peercert::services
