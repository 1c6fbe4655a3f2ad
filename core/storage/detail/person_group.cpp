#include "storage/detail/person_group.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "storage/detail/fixed_sql.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/use_of.hpp"
#include "storage/detail/values_plain.hpp"

namespace peercert::storage {

namespace {

using domain::MergeEvent;

constexpr FixedSql event_query =
    "select person, n, coalesce(kept, 0), day, typed_by, recorded_at, audit from person_merge ";

/// Who was merged into whom, as it stands after the events so far.
using Parents = std::map<PersonId, PersonId>;

void happen(Parents& parents, const MergeEvent& event) {
    if (event.kept)
        parents[event.person] = event.kept;
    else
        parents.erase(event.person);
}

PersonId kept_in(const Parents& parents, PersonId person) {
    for (auto up = parents.find(person); up != parents.end(); up = parents.find(person))
        person = up->second;
    return person;
}

/// Everybody in a group of several and who was kept of it.
std::map<PersonId, PersonId> groups_in(const Parents& parents) {
    std::map<PersonId, PersonId> kept;
    for (const auto& [person, into] : parents) {
        const PersonId root = kept_in(parents, into);
        kept[person] = root;
        kept[root] = root;
    }
    return kept;
}

Group in_order(Group group, PersonId kept) {
    std::sort(group.begin(), group.end());
    std::stable_partition(group.begin(), group.end(), [kept](PersonId one) { return one == kept; });
    return group;
}

bool was_known(const MergeEvent& event, const Known& known) {
    return !(known.at && event.recorded_at > *known.at) &&
           !(known.before_audit != 0 && event.audit >= known.before_audit);
}

/// The statements of one session, and what was asked already in this transaction.
class Groups : public KeptStatement {
public:
    static Groups& of(Connection& connection);
    virtual Group group(PersonId person) = 0;
    virtual std::vector<Group> between(PersonId after, PersonId last) = 0;
    virtual std::vector<MergeEvent> events(PersonId person) = 0;
    virtual std::vector<MergeEvent> all_events() = 0;
    virtual std::map<PersonId, PersonId> stored() = 0;
    virtual void remove(PersonId person) = 0;
    virtual void add(PersonId person, PersonId kept) = 0;
    virtual void clear() = 0;
};

template <class Statement>
class GroupsOf final : public Groups {
public:
    explicit GroupsOf(Connection& connection)
        : connection_(connection), members_(connection, "select person, kept from person_group where kept = (select "
                                                        "kept from person_group where person = $1)"),
          between_(connection,
                   "select distinct kept from person_group where person > $1 and person <= $2 order by kept"),
          by_person_(connection, joined_sql(event_query, "where person = $1 order by audit, n")),
          by_kept_(connection, joined_sql(event_query, "where kept = $1 order by audit, n")),
          all_(connection, joined_sql(event_query, "order by audit, n")),
          stored_(connection, "select person, kept from person_group"),
          remove_(connection, "delete from person_group where person = $1"),
          add_(connection, "insert into person_group (person, kept) values ($1, $2)"),
          clear_(connection, "delete from person_group") {}

    Group group(PersonId person) override {
        if (transaction_ != connection_.transaction()) {
            known_.clear();
            transaction_ = connection_.transaction();
        }
        const auto [found, fresh] = known_.try_emplace(person.value());
        if (fresh)
            found->second = read(person);
        return found->second;
    }

    std::vector<Group> between(PersonId after, PersonId last) override {
        std::vector<PersonId> kept;
        {
            const UseOf use(between_);
            between_.bind(0, after.value());
            between_.bind(1, last.value());
            while (between_.next())
                kept.emplace_back(between_.integer(0));
        }
        std::vector<Group> groups;
        for (const PersonId one : kept)
            groups.push_back(read(one));
        return groups;
    }

    std::vector<MergeEvent> events(PersonId person) override {
        std::vector<MergeEvent> found = read_events(by_person_, person);
        for (MergeEvent& event : read_events(by_kept_, person))
            found.push_back(std::move(event));
        return found;
    }
    std::vector<MergeEvent> all_events() override {
        const UseOf use(all_);
        return read_events(all_);
    }
    std::map<PersonId, PersonId> stored() override {
        const UseOf use(stored_);
        std::map<PersonId, PersonId> found;
        while (stored_.next())
            found.emplace(PersonId(stored_.integer(0)), PersonId(stored_.integer(1)));
        return found;
    }
    void remove(PersonId person) override {
        known_.clear();
        remove_.bind(0, person.value());
        remove_.run();
    }
    void add(PersonId person, PersonId kept) override {
        known_.clear();
        add_.bind(0, person.value());
        add_.bind(1, kept.value());
        add_.run();
    }
    void clear() override {
        known_.clear();
        clear_.run();
    }

private:
    Group read(PersonId person) {
        const UseOf use(members_);
        members_.bind(0, person.value());
        Group group;
        PersonId kept = person;
        while (members_.next()) {
            group.emplace_back(members_.integer(0));
            kept = PersonId(members_.integer(1));
        }
        return group.empty() ? Group{person} : in_order(std::move(group), kept);
    }

    std::vector<MergeEvent> read_events(Statement& statement, PersonId of) {
        const UseOf use(statement);
        statement.bind(0, of.value());
        return read_events(statement);
    }
    static std::vector<MergeEvent> read_events(Statement& rows) {
        std::vector<MergeEvent> found;
        while (rows.next())
            found.push_back({PersonId(rows.integer(0)), static_cast<int>(rows.integer(1)), PersonId(rows.integer(2)),
                             day_of(rows.text(3)), std::string(rows.text(4)), instant_of(rows.text(5)),
                             rows.integer(6)});
        return found;
    }

    Connection& connection_;
    unsigned transaction_{0};
    std::unordered_map<std::int64_t, Group> known_;
    Statement members_;
    Statement between_;
    Statement by_person_;
    Statement by_kept_;
    Statement all_;
    Statement stored_;
    Statement remove_;
    Statement add_;
    Statement clear_;
};

Groups& Groups::of(Connection& connection) {
    if (connection.backend() == Backend::postgresql)
        return connection.kept<GroupsOf<PostgresStatement>>();
    return connection.kept<GroupsOf<SqliteStatement>>();
}

std::map<PersonId, PersonId> groups_after(const std::vector<MergeEvent>& events) {
    Parents parents;
    for (const MergeEvent& event : events)
        happen(parents, event);
    return groups_in(parents);
}

} // namespace

Group group_of(Connection& connection, PersonId person) { return Groups::of(connection).group(person); }

Group group_known(Connection& connection, PersonId person, const Known& known) {
    if (known.everything())
        return group_of(connection, person);
    Parents parents;
    for (const MergeEvent& event : events_near(connection, person))
        if (was_known(event, known))
            happen(parents, event);
    const auto kept = groups_in(parents);
    const auto own = kept.find(person);
    if (own == kept.end())
        return {person};
    Group group;
    for (const auto& [one, whose] : kept)
        if (whose == own->second)
            group.push_back(one);
    return in_order(std::move(group), own->second);
}

std::vector<Group> groups_between(Connection& connection, PersonId after, PersonId last) {
    return Groups::of(connection).between(after, last);
}

std::vector<MergeEvent> events_near(Connection& connection, PersonId person) {
    Groups& groups = Groups::of(connection);
    std::map<std::pair<PersonId, int>, MergeEvent> events; // by person and number: each once
    std::set<PersonId> seen{person};
    for (std::vector<PersonId> waiting{person}; !waiting.empty();) {
        const PersonId next = waiting.back();
        waiting.pop_back();
        for (MergeEvent& event : groups.events(next)) {
            for (const PersonId one : {event.person, event.kept})
                if (one && seen.insert(one).second)
                    waiting.push_back(one);
            events.emplace(std::pair(event.person, event.n), std::move(event));
        }
    }
    std::vector<MergeEvent> in_order;
    for (auto& [key, event] : events)
        in_order.push_back(std::move(event));
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const MergeEvent& a, const MergeEvent& b) { return a.audit < b.audit; });
    return in_order;
}

void group_anew(Connection& connection, PersonId person) {
    Groups& groups = Groups::of(connection);
    const auto events = events_near(connection, person);
    std::set<PersonId> near;
    for (const MergeEvent& event : events) {
        near.insert(event.person);
        if (event.kept)
            near.insert(event.kept);
    }
    for (const PersonId one : near)
        groups.remove(one);
    for (const auto& [one, kept] : groups_after(events))
        groups.add(one, kept);
}

void group_everybody(Connection& connection) {
    Groups& groups = Groups::of(connection);
    groups.clear();
    for (const auto& [one, kept] : groups_after(groups.all_events()))
        groups.add(one, kept);
}

std::string groups_problem(Connection& connection) {
    Groups& groups = Groups::of(connection);
    const auto expected = groups_after(groups.all_events());
    const auto stored = groups.stored();
    if (expected == stored)
        return {};
    for (const auto& [one, kept] : expected)
        if (const auto found = stored.find(one); found == stored.end() || found->second != kept)
            return "person " + std::to_string(one.value()) +
                   " is not read as the human they were merged into, person " + std::to_string(kept.value()) +
                   "; run peercert db derive";
    return "the table person_group names people whom no merge names; run peercert db derive";
}

} // namespace peercert::storage
