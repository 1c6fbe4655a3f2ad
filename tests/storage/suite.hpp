#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <peercert/error.hpp>

#include "support/temp_database.hpp"

namespace peercert::storage {

using namespace std::chrono_literals;
using testing::by;
using testing::morning;
using testing::TempDatabase;

/// One suite, run against both databases.
class BothDatabases : public ::testing::TestWithParam<Backend> {
protected:
    void SetUp() override {
        if (GetParam() == Backend::postgresql && !testing::postgresql_at_hand())
            GTEST_SKIP() << "PEERCERT_TEST_PG names no server";
        database_ = std::make_unique<TempDatabase>(GetParam());
    }
    Store& store() { return database_->store(); }
    TempDatabase& database() { return *database_; }

    /// A write unit with a plain audit row behind it.
    template <class Fn>
    auto change(Fn&& fn) {
        return store().write(by, [&](UnitOfWork& work) {
            if constexpr (std::is_void_v<std::invoke_result_t<Fn&, UnitOfWork&>>) {
                fn(work);
                work.audit.append({.action = "test.changed", .object = "test"});
            } else {
                auto result = fn(work);
                work.audit.append({.action = "test.changed", .object = "test"});
                return result;
            }
        });
    }
    template <class Fn>
    auto look(Fn&& fn) {
        return store().read(std::forward<Fn>(fn));
    }
    PersonId somebody(const std::string& name = "Ana Ruiz") {
        return change([&](UnitOfWork& work) { return work.people.add({.name_used = name}).id; });
    }

private:
    std::unique_ptr<TempDatabase> database_;
};

inline std::string backend_name(const ::testing::TestParamInfo<Backend>& info) {
    return info.param == Backend::sqlite ? "sqlite" : "postgresql";
}

#define PEERCERT_BOTH_DATABASES(suite)                                                                                 \
    INSTANTIATE_TEST_SUITE_P(Storage, suite, ::testing::Values(Backend::sqlite, Backend::postgresql), backend_name)

/// Runs `statement` and gives the code of the Error it throws; a test failure if it throws none.
template <class Fn>
std::optional<ErrorCode> refusal(Fn&& fn, std::string* message = nullptr) {
    try {
        fn();
    } catch (const Error& error) {
        if (message != nullptr)
            *message = error.what();
        return error.code();
    }
    return std::nullopt;
}

} // namespace peercert::storage
