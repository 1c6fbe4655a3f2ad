#pragma once

namespace peercert::storage {

class Connection;

/// Writes the database anew, so that nothing of what was deleted is left in its pages or its log; on PostgreSQL only
/// the tables of what is deleted on schedule. False where the log could not be emptied because somebody reads.
bool write_anew(Connection& connection);
/// Only the log: after a time when somebody was reading.
bool empty_log(Connection& connection);

} // namespace peercert::storage
