#include <cstdio>
#include <cstdlib>
#include <string>

#include <peercert/error.hpp>

#include "storage/people_import.hpp"
#include "storage/store.hpp"

namespace {

using namespace peercert;

/// A file of so many people in one unit of work. Says "half" when half of them have been handed over, "all" after the
/// commit.
void import_people(storage::Store& store, const storage::WriteContext& by, long count) {
    const auto say = [](const char* what) {
        std::puts(what);
        std::fflush(stdout);
    };
    store.write(by, [&](storage::UnitOfWork& work) {
        storage::PeopleImport import(work);
        for (long i = 0; i < count; ++i) {
            if (i == count / 2)
                say("half");
            const std::string number = std::to_string(i);
            const std::string name = "Person " + number, email = "person" + number + "@example.org";
            import.add({.name_used = name, .born = std::chrono::year{1980} / 2 / 3, .email = email},
                       static_cast<std::size_t>(i));
        }
        import.finish();
    });
    say("all");
}

} // namespace

/// A process to be killed: adds a person, two ledger lines that belong together, an enrolment-like pair of rows and an
/// audit row in each unit, and says so on standard output only after the commit. `fault_writer URL NAME COUNT` (0: for
/// ever). `fault_writer URL import COUNT`: a file of people instead.
int main(int argc, char** argv) {
    using namespace peercert;
    using namespace std::chrono_literals;
    if (argc != 4)
        return 2;
    const std::string name = argv[2];
    const long count = std::strtol(argv[3], nullptr, 10);
    try {
        storage::Store store({.url = argv[1]});
        const storage::WriteContext by{"fault_writer", std::chrono::sys_days{2026y / 3 / 2} + 9h};
        if (name == "import") {
            import_people(store, by, count);
            return 0;
        }
        for (long i = 0; count == 0 || i < count; ++i) {
            const auto person = store.write(by, [&](storage::UnitOfWork& work) {
                const auto added = work.people.add(
                    {.name_used = name, .born = 1980y / 2 / 3, .email = "person" + std::to_string(i) + "@example.org"});
                for (const std::int64_t amount : {40, 20})
                    work.entries.add({.person = added.id,
                                      .kind = EntryKind::practice,
                                      .first_day = 2026y / 2 / 1,
                                      .last_day = 2026y / 2 / 1,
                                      .amount = amount});
                work.audit.append({.action = "person.added", .object = "person " + std::to_string(added.id.value())});
                return added;
            });
            std::printf("%lld\n", static_cast<long long>(person.id.value()));
            std::fflush(stdout);
        }
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
