#include "curricula/catalogue.hpp"

using namespace peercert;
using namespace peercert::curricula;

namespace {

const std::filesystem::path shipped = std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula";

TEST(ShippedFiles, AllReadWithoutAnError) {
    const Catalogue catalogue = Catalogue::load({{shipped, "shipped"}}, nullptr);
    EXPECT_FALSE(has_errors(catalogue.problems())) << to_text(catalogue.problems());
    EXPECT_GE(catalogue.all().size(), 9U);
}

TEST(ShippedFiles, SayWhereAPrintedDayContradictsArithmetic) {
    const Catalogue catalogue = Catalogue::load({{shipped, "shipped"}}, nullptr);
    EXPECT_THAT(to_text(catalogue.problems()),
                testing::HasSubstr("warning: August 31 is printed, but 6 months after expiry is July 31 for a term "
                                   "that ends on January 31; the printed day is kept"));
}

TEST(ShippedFiles, AreTheSameWhenRebuiltFromTheirFullText) {
    const Catalogue catalogue = Catalogue::load({{shipped, "shipped"}}, nullptr);
    for (const auto& edition : catalogue.all()) {
        const Edition again = from_full_text({edition->file, edition->full_text, edition->origin}, nullptr);
        EXPECT_EQ(again.digest, edition->digest);
        EXPECT_EQ(again.steps.size(), edition->steps.size());
        EXPECT_EQ(again.full_text, edition->full_text);
    }
}

} // namespace
