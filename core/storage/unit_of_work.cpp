#include "storage/unit_of_work.hpp"

#include "storage/detail/connection.hpp"

namespace peercert::storage {

UnitOfWork::UnitOfWork(Connection& connection)
    : connection_(connection), installation(connection), numbers(connection), people(connection), merges(connection),
      duplicates(connection), consents(connection), organizations(connection), cohorts(connection),
      enrolments(connection), places(connection), papers(connection), bundles(connection), editions(connection),
      proposals(connection), entries(connection), sign_offs(connection), ce_approvals(connection),
      applications(connection), credentials(connection), confirmations(connection), audit(connection),
      whole(connection), packets(connection), import_mappings(connection) {}

domain::Instant UnitOfWork::now() const { return connection_.now(); }

const std::string& UnitOfWork::actor() const { return connection_.actor(); }

} // namespace peercert::storage
