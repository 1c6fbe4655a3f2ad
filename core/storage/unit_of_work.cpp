#include "storage/unit_of_work.hpp"

#include "storage/detail/connection.hpp"

namespace peercert::storage {

UnitOfWork::UnitOfWork(Connection& connection)
    : connection_(connection), installation(connection), numbers(connection), people(connection), merges(connection),
      duplicates(connection), consents(connection), organizations(connection), cohorts(connection),
      enrolments(connection), places(connection), papers(connection), bundles(connection), editions(connection),
      proposals(connection), entries(connection), applications(connection), credentials(connection),
      confirmations(connection), audit(connection) {}

domain::Instant UnitOfWork::now() const { return connection_.now(); }

const std::string& UnitOfWork::actor() const { return connection_.actor(); }

} // namespace peercert::storage
