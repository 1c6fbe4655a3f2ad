#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>

#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"
#include "storage/unit_of_work.hpp"

namespace peercert::services {

/// Shows every record of one moment to workers on `threads` sessions (0: as many as the machine has cores), some people
/// at a time. `make(work)` gives one worker; it is shown `worker.see(person, record)` after `worker.begin(after, last)`
/// for the keys to come and `worker.kinds(person, holdings)`, which lines matter of them; at the end `take(worker)` is
/// called for each, one after the other. Needs Action::report.
template <class Make, class Take>
void each_person(House& house, const Rulebook& rulebook, const Actor& actor, std::size_t threads,
                 const storage::RecordParts& wanted, const Make& make, const Take& take) {
    if (threads == 0)
        threads = std::max(1U, std::thread::hardware_concurrency());
    std::mutex taking;
    std::atomic<std::int64_t> next{0};
    house.store.read_together(threads, [&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::report, {}, house.today());
        constexpr std::int64_t some = storage::Entries::people_at_once;
        const std::int64_t last = work.people.last().value();
        auto worker = make(work);
        storage::RecordParts parts = wanted;
        parts.kinds = [&worker](PersonId person, const Record& holdings) { return worker.kinds(person, holdings); };
        const auto see = [&worker](PersonId person, const Record& record) { worker.see(person, record); };
        for (std::int64_t after = next.fetch_add(some); after < last; after = next.fetch_add(some)) {
            worker.begin(PersonId(after), PersonId(after + some));
            work.entries.each_record(rulebook.words(), PersonId(after), PersonId(after + some), parts, see);
        }
        const std::lock_guard lock(taking);
        take(worker);
    });
}

} // namespace peercert::services
