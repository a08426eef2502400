using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hotline.House.Tests;

/// <summary>The console speaks two languages from its resource files, and from nowhere else.</summary>
public sealed partial class ConsoleWordsTests
{
    private static readonly string Folder = Path.Combine(Tree.Root, "src");
    private static readonly Dictionary<string, string> Chinese = Words("Words.resx"), English = Words("Words.en.resx");

    private static IEnumerable<(string File, string Text)> Sources =>
        Directory.EnumerateDirectories(Folder, "Hotline.Console*")
            .SelectMany(project => Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".razor" or ".cs" && !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Folder, f), File.ReadAllText(f)));

    [Fact]
    public void Both_languages_say_the_same_things_with_the_same_places_for_values()
    {
        English.Keys.Order().ShouldBe(Chinese.Keys.Order());
        Chinese.Where(w => !Places(w.Value).SequenceEqual(Places(English[w.Key]))).Select(w => w.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Every_word_that_is_used_is_there_and_every_word_that_is_there_is_used()
    {
        var text = string.Concat(Sources.Select(s => s.Text));
        var literal = Literal().Matches(text).Select(m => m.Groups[1].Value)
            .Where(k => k.Contains('.') || Chinese.ContainsKey(k)).ToHashSet();
        Indexed().Matches(text).Select(m => m.Groups[1].Value).Where(k => !Chinese.ContainsKey(k)).ShouldBeEmpty();
        // words made up of a prefix and a value: T[$"Order.{status}"], and <Status Of="Order" …>
        var prefixes = Composed().Matches(text).Select(m => m.Groups[1].Value)
            .Concat(StatusOf().Matches(text).Select(m => m.Groups[1].Value + ".")).ToHashSet();
        Chinese.Keys.Where(k => !literal.Contains(k) && !prefixes.Any(p => k.StartsWith(p, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_action_of_the_audit_log_has_words_and_can_be_chosen()
    {
        var log = File.ReadAllText(Path.Combine(Tree.Root, "src/Hotline.Identity/Audit/AuditEndpoints.cs"));
        var actions = Action().Matches(log).Select(m => m.Groups[1].Value).Order().ToArray();
        Chinese.Keys.Where(k => k.StartsWith("AuditAction.", StringComparison.Ordinal)).Select(k => k["AuditAction.".Length..]).Order()
            .ShouldBe(actions);
        var page = File.ReadAllText(Path.Combine(Folder, "Hotline.Console.Pages/Staff/AuditPage.razor"));
        actions.Where(a => !page.Contains($"\"{a}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>A comma of Latin type in a Chinese sentence looks torn.</summary>
    [Fact]
    public void Chinese_sentences_have_Chinese_punctuation()
    {
        var ofTheApi = Tree.Services.Values.Append("Hotline.ServiceDefaults").Append("Hotline.Wire").SelectMany(Tree.Sources)
            .SelectMany(f => ChineseOfAText().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value));
        Chinese.Where(w => w.Key is not ("Import.Header" or "VendorImport.Header" or "VendorImport.SampleLine")) // lines of a file
            .Select(w => w.Value)
            .Concat(ofTheApi).Where(text => LatinPunctuation().IsMatch(text)).ShouldBeEmpty();
    }

    [Fact]
    public void No_Chinese_stands_in_the_markup_or_the_code() =>
        Sources.Where(s => Ideograph().IsMatch(s.Text)).Select(s => s.File).ShouldBeEmpty();

    private static Dictionary<string, string> Words(string file) =>
        XDocument.Load(Path.Combine(Folder, "Hotline.Console.Base/Texts", file)).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex("""(?:T|words)\["([A-Za-z0-9.]+)"[\],]""")]
    private static partial Regex Indexed();

    [GeneratedRegex("\"([A-Za-z0-9.]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("""\$"([A-Z][A-Za-z.]*\.)\{""")]
    private static partial Regex Composed();

    [GeneratedRegex("""<Status Of="([A-Za-z.]+)""")]
    private static partial Regex StatusOf();

    [GeneratedRegex("[A-Z]\\w+ = \"(\\w+)\"")]
    private static partial Regex Action();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex("[\u4e00-\u9fff]")]
    private static partial Regex Ideograph();

    [GeneratedRegex("""(?:new|On<\w+>)\((?:"[a-z][\w.-]*",)?\s*"([^"]*[\u4e00-\u9fff][^"]*)",\s*"[^"]""")]
    private static partial Regex ChineseOfAText();

    [GeneratedRegex(@"[\u4e00-\u9fff）][,;:?!(]|[\u4e00-\u9fff]\)|[,;?!(][\u4e00-\u9fff]")]
    private static partial Regex LatinPunctuation();
}
