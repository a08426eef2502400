using System.Text.Json.Nodes;

namespace Hotline.House.Tests;

public sealed class CatalogueDataTests
{
    [Fact]
    public void Every_Chinese_term_and_area_has_its_pinyin()
    {
        var pinyin = JsonNode.Parse(Tree.Read("src/Hotline.Catalogue/Data/pinyin.json"))!.AsObject();
        var catalogue = JsonNode.Parse(Tree.Read("src/Hotline.Catalogue/Data/catalogue.json"))!;
        var areas = JsonNode.Parse(Tree.Read("src/Hotline.Catalogue/Data/areas-330381.json"))!;
        var terms = catalogue["groups"]!.AsArray().SelectMany(g => g!["leaves"]!.AsArray())
            .SelectMany(l => l!["terms"]!.AsArray().Select(t => t!.ToString()).Prepend(l["name"]!.ToString()))
            .Concat(areas["towns"]!.AsArray().Select(t => t!["name"]!.ToString()));
        terms.Where(t => !pinyin.ContainsKey(t)).ShouldBeEmpty();
    }

    [Fact]
    public void No_term_belongs_to_two_categories()
    {
        var catalogue = JsonNode.Parse(Tree.Read("src/Hotline.Catalogue/Data/catalogue.json"))!;
        var terms = catalogue["groups"]!.AsArray().SelectMany(g => g!["leaves"]!.AsArray())
            .SelectMany(l => l!["terms"]!.AsArray().Select(t => t!.ToString()).Prepend(l["name"]!.ToString()));
        terms.GroupBy(t => t).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }
}
