// The page needs no script. This one marks that scripts run, so that the policy of the page can be tested.
document.documentElement.dataset.scripts = "on";
