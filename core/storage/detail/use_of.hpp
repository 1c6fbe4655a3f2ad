#pragma once

namespace peercert::storage {

/// A kept statement in use: whatever happens it is reset, or its read transaction would stay open and stop the
/// checkpoint.
template <class Statement>
class UseOf {
public:
    explicit UseOf(Statement& statement) : statement_(statement) {}
    ~UseOf() { statement_.reset(); }
    UseOf(const UseOf&) = delete;
    UseOf& operator=(const UseOf&) = delete;

private:
    Statement& statement_;
};

} // namespace peercert::storage
