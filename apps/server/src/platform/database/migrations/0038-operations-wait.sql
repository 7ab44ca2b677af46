-- Operations on cards wait for each other, and deleting a design is one of them.
alter table bulk_operations drop constraint bulk_operations_kind_check, drop constraint bulk_operations_state_check;
alter table bulk_operations
  add constraint bulk_operations_kind_check
    check (kind in ('set_field', 'clear_field', 'move', 'void', 'restore', 'push', 'delete_design')),
  add constraint bulk_operations_state_check
    check (state in ('waiting', 'running', 'paused', 'finished', 'cancelled', 'undoing', 'undone'));
