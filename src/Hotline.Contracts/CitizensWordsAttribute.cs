namespace Hotline.Contracts;

/// <summary>A field in which somebody wrote what he liked about a citizen, or which says who the citizen is. It is forgotten along with the
/// request that it belongs to, wherever it was written to: the rule is found by this mark, so that a new field needs no second
/// list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CitizensWordsAttribute : Attribute;
