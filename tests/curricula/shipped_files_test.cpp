#include "curricula/catalogue.hpp"

using namespace peercert;
using namespace peercert::curricula;

namespace {

const std::filesystem::path shipped = std::filesystem::path(PEERCERT_SOURCE_DIR) / "curricula";

TEST(ShippedFiles, AllReadWithoutAnError) {
    const Catalogue catalogue = Catalogue::load({{shipped, "shipped"}}, nullptr);
    EXPECT_EQ(to_text(catalogue.problems()), "");
    EXPECT_GE(catalogue.all().size(), 9U);
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
