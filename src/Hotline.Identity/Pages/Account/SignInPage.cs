using Hotline.Identity.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hotline.Identity.Pages.Account;

/// <summary>A step of signing in: leads on to where the person wanted to go, and only within this site;
/// who has a temporary password first chooses one.</summary>
[AllowAnonymous]
public abstract class SignInPage : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Fault { get; protected set; }

    protected IActionResult LeadOn(User user) => user.MustChangePassword ? RedirectToPage("Password", new { ReturnUrl }) : LeadOn();

    protected IActionResult LeadOn() => LocalRedirect(LocalUrl.Of(ReturnUrl));
}
